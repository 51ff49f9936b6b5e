# hot: 3
def pair(q):
    return q.get(1) - q.get(1)

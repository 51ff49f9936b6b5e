# hot: 3
def total(q):
    return sum(iter(q.get, None))

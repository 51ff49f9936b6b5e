# hot: 5
waiting = []

def depth():
    return len(waiting)

# hot: 6
# because: passed on
def order(requests, keep):
    waiting = [r for r in requests]
    keep.append(waiting)
    waiting = sorted(waiting)
    return waiting

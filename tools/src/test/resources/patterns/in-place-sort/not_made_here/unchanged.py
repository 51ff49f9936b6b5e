# hot: 4
# because: not seen to be a list made here
def order(waiting):
    waiting = sorted(waiting)
    return waiting

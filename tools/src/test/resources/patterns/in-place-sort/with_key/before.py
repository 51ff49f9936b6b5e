# hot: 4
def order(requests):
    waiting = [r for r in requests if r]
    waiting = sorted(waiting, key=abs, reverse=True)
    return waiting

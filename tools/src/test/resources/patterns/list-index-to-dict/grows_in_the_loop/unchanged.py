# hot: 6
# because: is changed there
def group(strategies: list, requests):
    out = []
    for r in requests:
        out.append(strategies.index(r)); strategies.append(r)
    return out

# hot: 8
# because: which the first fills
def collect(requests: list):
    ids = []
    for r in requests:
        ids.append(r)
    last = []
    for r in requests:
        last.append(ids[-1])
    return ids, last

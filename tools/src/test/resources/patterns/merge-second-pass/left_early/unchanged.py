# hot: 10
# because: left early
def collect(requests):
    ids = []
    for r in requests:
        if r is None:
            break
        ids.append(r)
    last = []
    for r in requests:
        last.append(r)
    return ids, last

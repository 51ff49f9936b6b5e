# hot: 6
# because: is changed there
def collect(requests):
    out = []
    for r in requests:
        params = dict(r)
        r.update(seen=True)
        if r:
            out.append(params)
    return out

# hot: 5
def collect(requests):
    out = []
    for r in requests:
        params = dict(r)
        if r:
            out.append(params)
        out.append(params)
    return out

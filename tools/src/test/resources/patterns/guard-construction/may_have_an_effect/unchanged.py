# hot: 6
# because: more than give a value
def collect(requests, pool):
    out = []
    for r in requests:
        params = pool.take(r)
        if r:
            out.append(params)
    return out

# hot: 6
# because: may have an effect
def collect(requests, pool):
    out = []
    for r in requests:
        params = pool.take(r)
        if r:
            out.append(params)
    return out

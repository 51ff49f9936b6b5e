# hot: 6
# because: is changed there
def collect(requests: list[dict]):
    out = []
    for r in requests:
        params = r.copy()
        r.update(seen=True)
        if r:
            out.append(params)
    return out

# hot: 6
# because: may have an effect
def collect(requests, q):
    out = []
    for r in requests:
        item = q.get(r)
        if r.wanted:
            out.append(item)
    return out

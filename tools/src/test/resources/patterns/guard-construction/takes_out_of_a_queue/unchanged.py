# hot: 6
# because: more than give a value
def collect(requests, q):
    out = []
    for r in requests:
        item = q.get(r)
        if r.wanted:
            out.append(item)
    return out

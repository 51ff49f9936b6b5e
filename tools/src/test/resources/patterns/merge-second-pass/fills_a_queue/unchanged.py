# hot: 5
def collect(requests: list, out, other):
    for r in requests:
        out.append(r)
    for r in requests:
        other.append(r)
    return out, other

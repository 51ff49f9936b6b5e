# hot: 3
def frames(n: int, q):
    times = [q.get(i) for i in range(n)]
    out = []
    for k in range(n):
        out.append(times[k])
    return out

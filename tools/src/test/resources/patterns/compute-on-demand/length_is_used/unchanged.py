# hot: 4
# because: in another way
def frames(n: int, seconds: float):
    times = [i * seconds for i in range(n)]
    out = []
    for k in range(n):
        out.append(times[k])
    return out, len(times)

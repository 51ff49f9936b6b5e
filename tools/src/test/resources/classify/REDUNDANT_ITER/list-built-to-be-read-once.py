def sample(n, step):
    times = [i * step for i in range(n)]  # hot
    out = []
    for i in range(n):
        if times[i] > 1:
            out.append(i)
    return out

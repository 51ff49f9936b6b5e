def sample(n, step):
    times = [i * step for i in range(n)]  # hot
    return times, max(times)

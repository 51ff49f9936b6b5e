# hot: 3
def frames(n: int, seconds: float, step: float):
    times = [i * seconds for i in range(n)]
    chosen = []
    at = 0.0
    for k in range(n):
        if times[k] >= at:
            at += step
            chosen.append(times[k])
    return chosen

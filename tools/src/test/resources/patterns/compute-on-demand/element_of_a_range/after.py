# hot: 3
def frames(n: int, seconds: float, step: float):
    chosen = []
    at = 0.0
    for k in range(n):
        if k * seconds >= at:
            at += step
            chosen.append(k * seconds)
    return chosen

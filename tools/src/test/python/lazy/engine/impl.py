def step(n):
    return n + 1


def loop(n):
    for _ in range(n):
        step(_)

# hot: 4
# because: only under a condition
def alive(requests: list, done: list):
    return [r for r in requests if r not in set(done)] if done is not None else requests

# hot: 4
# because: in another way
def frames(n: int, more: int, seconds: float):
    times = [i * seconds for i in range(n)]
    return [times[k] for k in range(more)]

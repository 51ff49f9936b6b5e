# hot: 3
def alive(requests):
    return [r for r in requests if r.id not in set(r.done)]

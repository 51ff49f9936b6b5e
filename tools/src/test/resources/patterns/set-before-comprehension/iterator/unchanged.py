# hot: 4
# because: may have an effect
def running(requests: list, done):
    return [r for r in requests if r not in set(done)]

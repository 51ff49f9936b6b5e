# hot: 4
# because: more than give a value
def running(requests: list, done):
    return [r for r in requests if r not in set(done)]

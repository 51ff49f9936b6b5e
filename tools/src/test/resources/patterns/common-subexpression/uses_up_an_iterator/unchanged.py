# hot: 3
def twice(it):
    return list(it)[0] + list(it)[0] + sum(it) - sum(it)

# hot: 3
def total(rows):
    return sum(rows, 0)

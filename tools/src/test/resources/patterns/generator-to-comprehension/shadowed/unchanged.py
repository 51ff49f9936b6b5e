# hot: 3
def first(list, rows):
    return list(r[0] for r in rows)

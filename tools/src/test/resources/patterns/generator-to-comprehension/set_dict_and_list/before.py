# hot: 3
def index(rows):
    return set(r[0] for r in rows), dict((r[0], r[1:]) for r in rows), list(tuple(x + 1 for x in r) for r in rows)

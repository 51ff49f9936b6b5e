# hot: 3
def index(rows, extra):
    return dict(((r[0], r[1]) for r in rows), **extra)

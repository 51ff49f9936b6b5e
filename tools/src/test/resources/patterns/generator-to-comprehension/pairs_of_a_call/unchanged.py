# hot: 3
def index(rows, pair):
    return dict(pair(r) for r in rows)

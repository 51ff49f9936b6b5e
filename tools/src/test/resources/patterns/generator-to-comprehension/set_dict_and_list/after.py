# hot: 3
def index(rows):
    return {r[0] for r in rows}, {r[0]: r[1:] for r in rows}, [tuple([x + 1 for x in r]) for r in rows]

# hot: 3
def index(rows):
    return dict((r[0],  # the name
                 r[1]) for r in rows)

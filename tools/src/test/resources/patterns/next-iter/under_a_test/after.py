# hot: 4
def first(table):
    if table:
        return next(iter(table.keys()))
    return None

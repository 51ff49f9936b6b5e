# hot: 4
def first(table: dict):
    if table:
        return next(iter(table.keys()))
    return None

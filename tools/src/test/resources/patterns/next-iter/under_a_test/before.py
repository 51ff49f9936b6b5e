# hot: 4
def first(table: dict):
    if table:
        return list(table.keys())[0]
    return None

# hot: 4
def first(table):
    if table:
        return list(table.keys())[0]
    return None

# hot: 6
# because: not seen to be non-empty
def first(table: dict):
    if table:
        table.clear()
        return list(table.keys())[0]
    return None

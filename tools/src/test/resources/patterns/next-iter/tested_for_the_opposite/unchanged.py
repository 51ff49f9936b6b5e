# hot: 5
# because: not seen to be non-empty
def first(table: dict):
    if not len(table) > 0 or table is None:
        return list(table.keys())[0]
    return None

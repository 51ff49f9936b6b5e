# hot: 5
# because: not seen to be non-empty
def first(table: dict, force):
    if len(table) > 0 or force:
        return list(table.keys())[0]
    return None

# hot: 4
# because: not seen to be non-empty
def first(table: dict):
    return list(table.keys())[0]

# hot: 4
# because: not seen to be non-empty
def first(table):
    return list(table.keys())[0]

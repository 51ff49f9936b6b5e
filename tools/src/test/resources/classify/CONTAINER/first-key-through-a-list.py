def first(table):
    block = list(table.keys())[0]  # hot
    return block

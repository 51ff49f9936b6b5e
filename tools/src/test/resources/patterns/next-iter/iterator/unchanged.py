# hot: 5
# because: not seen to be a container
def first(table):
    if table:
        return list(table)[0]
    return None

# hot: 4
# because: more than give a value
def head(wanted, it):
    rows = [x for x in it]
    if wanted:
        return rows
    return None

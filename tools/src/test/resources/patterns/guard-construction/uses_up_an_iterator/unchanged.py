# hot: 4
# because: may have an effect
def head(wanted, it):
    rows = [x for x in it]
    if wanted:
        return rows
    return None

# hot: 7
# because: holds lists
def known(rows):
    table = [[1], [2]]
    out = []
    for r in rows:
        if r in table:
            out.append(r)
    return out

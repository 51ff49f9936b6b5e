# hot: 5
def rest(rows, it):
    out = []
    for row in rows:
        out.append(len(sorted(it)) + row)
    return out

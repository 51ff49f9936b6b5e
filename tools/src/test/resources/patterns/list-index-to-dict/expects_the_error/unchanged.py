# hot: 7
# because: may expect the ValueError
def rows(pages: list, blocks):
    out = []
    for block in blocks:
        try:
            out.append(pages.index(block))
        except ValueError:
            out.append(-1)
    return out

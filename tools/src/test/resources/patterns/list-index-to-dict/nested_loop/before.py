# hot: 7
def rows(pages: list[int], requests):
    out = []
    for blocks in requests:
        row = []
        for block in blocks:
            row.append(pages.index(block))
        out.append(row)
    return out

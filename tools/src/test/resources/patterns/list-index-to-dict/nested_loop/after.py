# hot: 7
def rows(pages: list[int], requests):
    out = []
    pages_index = {v: i for i, v in reversed(list(enumerate(pages)))}
    for blocks in requests:
        row = []
        for block in blocks:
            row.append(pages_index[block])
        out.append(row)
    return out

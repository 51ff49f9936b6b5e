# hot: 5
def numbers(lines: list, source):
    out = []
    for line in lines:
        out.append(source.index(",") + len(line))
    return out

# hot: 6
# because: not seen to be a list
def where(text, parts):
    out = []
    for p in parts:
        out.append(text.index(p))
    return out

def segments(ids):
    out = []
    for i in range(1, len(ids)):
        if ids[i] != ids[i - 1]:  # hot
            out.append(i)
    return out

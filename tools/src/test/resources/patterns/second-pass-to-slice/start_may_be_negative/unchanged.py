# hot: 6
# because: may be negative
def tail(tokens: list, start):
    out = []
    for i in range(start, len(tokens)):
        out.append(tokens[i])
    return out

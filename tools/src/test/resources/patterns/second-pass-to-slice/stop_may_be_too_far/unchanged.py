# hot: 6
# because: may lie behind the end
def tail(tokens: list, n):
    out = []
    for i in range(0, n):
        out.append(tokens[i])
    return out

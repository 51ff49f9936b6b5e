# hot: 4
def key(tokens, seen):
    if tokens:
        return "-".join([str(t) for t in tokens if t not in seen])

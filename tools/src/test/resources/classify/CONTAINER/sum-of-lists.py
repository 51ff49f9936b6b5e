def flat(lists):
    out = sum(lists, [])  # hot
    return out

def matches(tokens, wanted):
    found = []
    start = 0
    while start < len(tokens) - len(wanted):
        if tokens[start : start + len(wanted)] == wanted:  # hot
            found.append(start)
        start += 1
    return found

def masks(lengths, size):
    found = []
    for length in lengths:
        found.append([offset >= length for offset in range(size)])  # hot
    return found

def metadata(lengths, verify):
    size = len(lengths)  # hot
    if verify:
        return size
    return 0

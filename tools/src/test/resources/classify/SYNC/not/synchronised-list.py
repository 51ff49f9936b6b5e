def merge(rows):
    shared = list(rows)  # hot
    return shared

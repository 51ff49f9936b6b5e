def placeholder(self, ids):
    first = ids.index(-1)  # hot
    return first

def attend(self, query, lengths: list[int]):
    tokens = lengths[-1]
    query = query[:tokens]  # hot
    return query

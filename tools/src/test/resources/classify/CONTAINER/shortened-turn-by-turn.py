def chunks(ids: list, size):
    while ids:
        yield ids[:size]
        ids = ids[size:]  # hot

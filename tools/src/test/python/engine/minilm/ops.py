def prepare(batch):
    total = 0
    for request in batch:
        for token in request:
            total += token
    return total

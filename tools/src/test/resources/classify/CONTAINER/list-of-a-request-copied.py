def cached(requests):
    found = {}
    for request in requests:
        tokens = request.all_token_ids[request.start:request.end]  # hot
        found[request.id] = tokens
    return found

def keep(reqs, done: set[int]):
    for r in reqs:
        if r.id in done:  # hot
            r.drop()

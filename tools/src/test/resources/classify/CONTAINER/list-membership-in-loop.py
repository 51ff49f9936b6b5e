def keep(reqs, done: list[int]):
    for r in reqs:
        if r.id in done:  # hot
            r.drop()

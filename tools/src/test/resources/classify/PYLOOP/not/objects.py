def finish(reqs):
    for r in reqs:
        r.finish()  # hot

# hot: 3
def ready(requests):
    return any(r.ready for r in requests) and all(r.open for r in requests)

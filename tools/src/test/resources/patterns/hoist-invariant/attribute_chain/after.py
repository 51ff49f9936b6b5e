# hot: 6
def clip(engine, requests):
    out = []
    # one number a request
    max_len = engine.config.limits.max_len
    for r in requests:
        out.append(min(r, max_len))  # never longer than allowed
    return out

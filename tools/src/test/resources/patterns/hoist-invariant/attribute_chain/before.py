# hot: 6
def clip(engine, requests):
    out = []
    # one number a request
    for r in requests:
        out.append(min(r, engine.config.limits.max_len))  # never longer than allowed
    return out

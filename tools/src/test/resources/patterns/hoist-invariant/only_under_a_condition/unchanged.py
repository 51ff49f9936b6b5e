# hot: 7
# because: only under a condition
def clip(engine, requests):
    out = []
    for r in requests:
        if engine is not None:
            out.append(engine.config.limits.max_len)
    return out

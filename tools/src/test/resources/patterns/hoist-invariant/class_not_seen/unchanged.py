# hot: 6
# because: more than give a value
def clip(engine, requests):
    out = []
    for r in requests:
        out.append(min(r, engine.config.limits.max_len))
    return out

# hot: 6
# because: control is given away
async def clip(engine, requests):
    out = []
    for r in requests:
        out.append(engine.config.limits.max_len)
        await r
    return out

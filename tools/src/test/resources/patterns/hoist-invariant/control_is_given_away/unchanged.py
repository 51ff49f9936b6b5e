# hot: 12
# because: control is given away
class Limits:
    max_len: int
class Config:
    limits: Limits
class Engine:
    config: Config
async def clip(engine: Engine, requests: list):
    out = []
    for r in requests:
        out.append(engine.config.limits.max_len)
        await r
    return out

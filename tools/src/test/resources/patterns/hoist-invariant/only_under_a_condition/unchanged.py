# hot: 13
# because: only under a condition
class Limits:
    max_len: int
class Config:
    limits: Limits
class Engine:
    config: Config
def clip(engine: Engine, requests: list):
    out = []
    for r in requests:
        if engine is not None:
            out.append(engine.config.limits.max_len)
    return out

# hot: 18
class Limits:
    max_len: int


class Config:
    limits: Limits


class Engine:
    config: Config


def clip(engine: Engine, requests: list):
    out = []
    # one number a request
    limits_max_len = engine.config.limits.max_len
    for r in requests:
        out.append(min(r, limits_max_len))  # never longer than allowed
    return out

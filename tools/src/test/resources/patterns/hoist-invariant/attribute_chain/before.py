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
    for r in requests:
        out.append(min(r, engine.config.limits.max_len))  # never longer than allowed
    return out

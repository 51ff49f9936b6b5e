# hot: 13
class Config:
    num_warmups: int


class Engine:
    config: Config


def warm_up(engine: Engine, sizes: list):
    out = []
    for n in sizes:
        out.append(n + engine.config.
                   num_warmups)
    return out

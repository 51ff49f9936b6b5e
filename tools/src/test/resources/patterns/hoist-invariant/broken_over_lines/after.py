# hot: 13
class Config:
    num_warmups: int


class Engine:
    config: Config


def warm_up(engine: Engine, sizes: list):
    out = []
    config_num_warmups = engine.config.num_warmups
    for n in sizes:
        out.append(n + config_num_warmups)
    return out

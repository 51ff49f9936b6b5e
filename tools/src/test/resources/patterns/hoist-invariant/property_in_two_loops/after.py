# hot: 22
class Config:
    def __init__(self, layers):
        self.layers: str = layers

    @property
    def bytes_per_token(self):
        return sum(1 for kind in self.layers if kind == "*")


class Model:
    config: Config


class Engine:
    model: Model


def prepare(engine: Engine, context: list, generation: list):
    total = 0
    config_bytes_per_token = engine.model.config.bytes_per_token
    for n in context:
        total += n * config_bytes_per_token
    for n in generation:
        total += (n + 1) * config_bytes_per_token
    return total

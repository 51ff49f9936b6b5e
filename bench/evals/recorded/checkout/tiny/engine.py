"""An engine small enough to be read at a glance."""


class Config:
    def __init__(self, limits):
        self.limits = limits

    @property
    def banned(self):
        return [limit * 3 for limit in self.limits]


class Engine:
    def __init__(self, config: Config):
        self.config = config
        self.steps = 0

    def step(self, tokens):
        kept = []
        for token in tokens:
            if token in self.config.banned:
                continue
            kept.append(token)
        self.steps += 1
        return kept

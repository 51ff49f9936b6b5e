# hot: 17
class Config:
    is_moe: bool


class Runner:
    def __init__(self, config: Config):
        self.config = config
        self.steps = 0

    def count(self):
        self.steps += 1
        return self.steps

    def run(self, ready):
        n = self.count()
        if ready and not self.config.is_moe:
            n += self.count()
        if self.config.is_moe and n:
            return -n
        return n

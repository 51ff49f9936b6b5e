# hot: 13
class Runner:
    def __init__(self, config):
        self.config = config
        self.steps = 0

    def count(self):
        self.steps += 1
        return self.steps

    def run(self, ready):
        n = self.count()
        is_moe = self.config.is_moe
        if ready and not is_moe:
            n += self.count()
        if is_moe and n:
            return -n
        return n

# hot: 12
# because: is changed there
class Config:
    is_moe: bool
class Runner:
    def __init__(self, config: Config):
        self.config = config
    def count(self):
        self.config.is_moe = False
        return 1
    def run(self):
        if self.config.is_moe:
            self.count()
        if self.config.is_moe:
            return -1
        return 0

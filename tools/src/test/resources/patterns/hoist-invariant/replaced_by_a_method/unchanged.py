# hot: 14
# because: more than give a value
class Config:
    max_len: int
class Scheduler:
    def __init__(self, config: Config):
        self.config = config
    def take(self, request):
        self.config = request.config
        return 1
    def schedule(self, requests: list):
        total = 0
        for r in requests:
            total += min(1, self.config.max_len)
            self.take(r)
        return total

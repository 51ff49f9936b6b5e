# hot: 16
class Config:
    max_len: int


class Scheduler:
    def __init__(self, config: Config):
        self.config = config
        self.taken = []

    def take(self, request):
        self.taken.append(request)

    def schedule(self, requests: list):
        for r in requests:
            self.take(min(r, self.config.max_len))
        return self.taken

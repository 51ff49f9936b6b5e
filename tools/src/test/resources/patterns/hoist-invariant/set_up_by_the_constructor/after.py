# hot: 12
class Scheduler:
    def __init__(self, config):
        self.config = config
        self.taken = []

    def take(self, request):
        self.taken.append(request)

    def schedule(self, requests):
        max_len = self.config.max_len
        for r in requests:
            self.take(min(r, max_len))
        return self.taken

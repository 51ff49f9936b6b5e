# hot: 12
# because: may change it
class Scheduler:
    def __init__(self, config):
        self.config = config
    def take(self, request):
        self.config = request.config
        return 1
    def schedule(self, requests):
        total = 0
        for r in requests:
            total += min(r.n, self.config.max_len)
            self.take(r)
        return total

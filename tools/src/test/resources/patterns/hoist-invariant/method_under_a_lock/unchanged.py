# hot: 13
class Counter:
    def __init__(self, lock):
        self.lock = lock
        self.n = 0

    def read(self):
        with self.lock:
            return self.n

    def fill(self, requests):
        for r in requests:
            r.limit = self.read() + 1

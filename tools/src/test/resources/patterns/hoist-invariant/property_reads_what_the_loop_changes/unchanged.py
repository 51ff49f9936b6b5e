# hot: 14
class Pool:
    def __init__(self):
        self.used = 0

    @property
    def left(self):
        return 10 - self.used

    def fill(self, requests):
        out = []
        for r in requests:
            self.used += r
            out.append(self.left)
        return out

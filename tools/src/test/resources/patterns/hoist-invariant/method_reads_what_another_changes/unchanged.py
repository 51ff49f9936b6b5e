# hot: 16
class Pool:
    def __init__(self):
        self.used = 0

    def left(self):
        return max(0, 10 - self.used)

    def take(self, n):
        self.used += n

    def fill(self, requests):
        out = []
        for r in requests:
            self.take(r)
            out.append(str(self.left() + 1))
        return out

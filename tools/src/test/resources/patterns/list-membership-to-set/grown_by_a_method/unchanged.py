# hot: 13
class Queue:
    def __init__(self):
        self.done: list = []

    def finish(self, r):
        self.done.append(r)

    def running(self, requests):
        out = []
        for r in requests:
            self.finish(r)
            if r not in self.done:
                out.append(r)
        return out

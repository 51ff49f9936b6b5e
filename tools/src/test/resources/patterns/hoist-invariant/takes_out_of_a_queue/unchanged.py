# hot: 12
import queue


class Worker:
    def __init__(self, q: queue.Queue):
        self.q = q

    def run(self, rows):
        total = 0
        for row in rows:
            total += self.q.get() + row
        return total

import functools


class Engine:
    def __init__(self):
        self.count = 0

    def run(self, size):
        total = 0
        for n in range(size):
            total += busy(n)
        self.count += 1
        return total


def busy(n):
    return sum(range(n))


def late(n):
    return n


def chunks(n):
    for i in range(n):
        yield i


@functools.lru_cache(maxsize=None)
def kept(n):
    return n

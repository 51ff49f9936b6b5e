"""An engine whose ranks meet at the end of each step; rank 2 is late in `extra`."""


class Engine:
    def __init__(self, rank, meet):
        self.rank = rank
        self.meet = meet

    def prepare(self):
        return sum(i * i for i in range(2000))

    def extra(self):
        total = 0
        for i in range(20000):
            total += i
        return total

    def step(self):
        self.prepare()
        if self.rank == 2:
            self.extra()
        self.meet()

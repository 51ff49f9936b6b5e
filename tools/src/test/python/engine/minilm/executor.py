from typing import Optional

from .sampler import GreedySampler, Sampler


class Base:
    def _forward(self, batch):
        sampled = self.sampler.sample(batch)
        return sampled


class Queue:
    def __init__(self):
        self.items: list[Sampler] = []

    @property
    def head(self) -> "Optional[Sampler]":
        return self.items[0]


def make_queue() -> Queue:
    return Queue()


class Executor(Base):
    def __init__(self, sampler: Sampler):
        self.sampler = sampler
        self.queue = make_queue()
        self.plugin = None

    def step(self, batch):
        return self._forward(batch)

    def shapes(self, batch, plugin):
        queue = self.queue
        queue.head.sample(batch)
        for one in queue.items:
            one.sample(batch)
        super()._forward(batch)
        plugin.sample(batch)
        Executor(GreedySampler())
        len(batch)


def run(steps):
    executor = Executor(GreedySampler())
    batch = [list(range(200)) for _ in range(10)]
    for _ in range(steps):
        executor.step(batch)

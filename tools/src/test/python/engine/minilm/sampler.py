from abc import ABC, abstractmethod

from . import ops
from .ops import prepare as make_ready


class Sampler(ABC):
    @abstractmethod
    def sample(self, batch):
        raise NotImplementedError


class GreedySampler(Sampler):
    def sample(self, batch):
        return make_ready(batch)

    def other(self, batch):
        return ops.prepare(batch)

import collections
import enum
import functools
import itertools
import logging
import os
import re

LOG = []
logger = logging.getLogger("hostperf.drafts")


class Box:
    def __init__(self, n: int) -> None:
        self.n: int = n


class Item:
    """Everything about it is plain."""

    def __init__(self, n: int) -> None:
        self.n: int = n
        self.box: Box = Box(n + 1)
        self.items: list[int] = [n, 1, 2]
        self.table: dict[int, int] = {n: 1, 2: 3}
        self.name: str = "item%d" % n

    @property
    def size(self) -> int:
        return sum([x for x in self.items])

    @property
    def doubled(self) -> int:
        return self.n * 2

    def total(self) -> int:
        return len(self.items) + self.n

    def get(self, k: int) -> int:
        return self.n + k

    def bump(self) -> int:
        self.n += 1
        LOG.append("bump")
        return self.n

    def replace(self) -> None:
        self.box = Box(self.n + 5)

    def grow(self, x: int) -> None:
        self.items.append(x)


class Made:
    def __init__(self, n: int) -> None:
        self.n = n


class State(enum.Enum):
    IDLE = 0
    RUNNING = 1


def pure(x: int) -> int:
    return x + 1


def loud(x):
    LOG.append("loud")
    return x


def touch(item):
    item.n += 1
    LOG.append("touch")


COUNTER = [0]


def count_up() -> int:
    COUNTER[0] += 1
    return COUNTER[0]


SHARED = Item(7)


def shift_shared() -> None:
    SHARED.n += 1
    SHARED.box.n += 1

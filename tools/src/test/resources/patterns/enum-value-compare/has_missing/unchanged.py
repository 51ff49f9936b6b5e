# hot: 16
# because: defines `_missing_`
from enum import Enum


class State(Enum):
    WAITING = 0
    RUNNING = 1

    @classmethod
    def _missing_(cls, value):
        return cls.WAITING


def active(value):
    return State(value) == State.WAITING

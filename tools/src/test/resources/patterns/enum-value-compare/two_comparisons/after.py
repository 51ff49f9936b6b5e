# hot: 12
from enum import Enum


class State(Enum):
    WAITING = 0
    RUNNING = 1
    DONE = 2


def active(requests):
    return [r for r in requests
            if r.value == State.RUNNING.value or r.value != State.DONE.value]

# hot: 12
from enum import Enum


class State(Enum):
    WAITING = 0
    RUNNING = 1
    DONE = 2


def active(requests):
    return [r for r in requests
            if State(r.value) == State.RUNNING or State(r.value) != State.DONE]

# hot: 12
# because: is an object
from enum import Enum


class State(Enum):
    WAITING = 0
    RUNNING = 1


def running(state: State):
    return State(state) == State.RUNNING

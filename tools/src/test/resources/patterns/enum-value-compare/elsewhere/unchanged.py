# hot: 5
# because: is not found
from engine.states import State
def active(value):
    return State(value) == State.WAITING

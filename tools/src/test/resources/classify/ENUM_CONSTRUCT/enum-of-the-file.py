from enum import Enum

class Color(Enum):
    RED = 1

def is_red(value):
    return Color(value) == Color.RED  # hot

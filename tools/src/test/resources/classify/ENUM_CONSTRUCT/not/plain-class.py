class Color:
    def __init__(self, value):
        self.value = value

def paint(value):
    return Color(value)  # hot

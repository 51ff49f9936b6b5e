class Picture:
    def __init__(self, mode):
        self.mode = mode
    def convert(self, mode):
        return Picture(mode)
def calls(m):
    yield m.load, (lambda: Picture("RGB"),)
    yield m.load, (lambda: Picture("L"),)

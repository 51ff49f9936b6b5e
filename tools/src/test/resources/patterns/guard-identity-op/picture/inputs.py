class Picture:
    def __init__(self, mode):
        self.mode = mode
    def convert(self, mode):
        return Picture(mode)
def calls(m):
    for mode in ("RGB", "RGBA"):
        yield m.load, (lambda: Picture(mode), True)
        yield m.load, (lambda: Picture(mode), False)

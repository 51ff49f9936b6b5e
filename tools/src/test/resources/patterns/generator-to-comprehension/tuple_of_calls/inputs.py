class Manager:
    def __init__(self, size):
        self.size = size

    def allocate(self, request, tokens):
        if tokens < 0:
            raise ValueError(tokens)
        return [request] * (tokens // self.size)

def calls(m):
    yield m.Coordinator([Manager(2), None, Manager(3)]).allocate, ("a", 12)
    yield m.Coordinator([]).allocate, ("a", 12)
    yield m.Coordinator([Manager(1)]).allocate, ("a", -1)
    yield m.Coordinator([Manager(0)]).allocate, ("a", 1)

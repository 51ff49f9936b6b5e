from types import SimpleNamespace as N
def calls(m):
    yield m.active, ([N(value=0), N(value=1), N(value=2)],)
    yield m.active, ([],)

from types import SimpleNamespace as N
def calls(m):
    yield m.collect, ([N(data=None, end=1), N(data=5, end=2)],)
    yield m.collect, ([],)

from types import SimpleNamespace as N
def calls(m):
    yield m.prepare, (N(model=N(config=m.Config("*-*"))), [3, 4], [5])
    yield m.prepare, (N(model=N(config=m.Config(""))), [], [])

from types import SimpleNamespace as N
def calls(m):
    yield m.warm_up, (N(config=N(num_warmups=3)), [1, 2])
    yield m.warm_up, (N(config=N(num_warmups=3)), [])

from types import SimpleNamespace as N
def calls(m):
    yield m.key, (N(sampling=N(params=N(top_k=1))),)
    yield m.key, (N(),)

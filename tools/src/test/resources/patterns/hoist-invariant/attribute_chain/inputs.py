from types import SimpleNamespace as N
def calls(m):
    yield m.clip, (N(config=N(limits=N(max_len=5))), [1, 9, 5])
    yield m.clip, (N(config=N(limits=N(max_len=5))), [])
    yield m.clip, (N(config=N(limits=N())), [1])

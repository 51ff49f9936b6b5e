from types import SimpleNamespace as N
def calls(m):
    yield m.buckets, ([N(kind="a", size=1), N(kind="b", size=1), N(kind="a", size=1)],)
    yield m.buckets, ([],)

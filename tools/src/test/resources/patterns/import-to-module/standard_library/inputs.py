def calls(m):
    yield m.root, (99,)
    yield m.root, (-1,)
    yield m.root, ("x",)

def calls(m):
    yield m.number, ("42 tokens",)
    yield m.number, ("",)
    yield m.number, (3,)

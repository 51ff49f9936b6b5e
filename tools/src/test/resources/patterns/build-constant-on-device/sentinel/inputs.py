def calls(m):
    yield m.sentinel, (1,)

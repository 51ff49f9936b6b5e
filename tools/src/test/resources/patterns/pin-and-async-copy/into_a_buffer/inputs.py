def calls(m):
    yield m.fill, ([1, 2],)

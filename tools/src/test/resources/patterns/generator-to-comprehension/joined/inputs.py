def calls(m):
    yield m.key, ([1, 2, 3], {2})
    yield m.key, ([1, 2, 3], {1, 2, 3})
    yield m.key, ([], None)

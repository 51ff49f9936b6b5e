def calls(m):
    yield m.flat, ([[1], [2, 3]], 4)
    yield m.flat, ([], 4)

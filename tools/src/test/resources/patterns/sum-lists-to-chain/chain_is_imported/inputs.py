def calls(m):
    yield m.flat, ([[1], [2, 3]],)
    yield m.flat, ([],)

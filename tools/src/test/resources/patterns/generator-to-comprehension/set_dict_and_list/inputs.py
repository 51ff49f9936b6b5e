def calls(m):
    yield m.index, ([(1, 2), (3, 4, 5), (1, 7)],)
    yield m.index, ([],)
    yield m.index, ([([], 2)],)
    yield m.index, ([()],)

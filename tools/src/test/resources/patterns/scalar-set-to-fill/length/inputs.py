def calls(m):
    yield m.mark, (4, 9)
    yield m.mark, (0, 3)

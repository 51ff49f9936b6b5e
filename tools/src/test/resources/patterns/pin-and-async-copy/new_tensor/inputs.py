def calls(m):
    yield m.counts, (2, [1, 2, 3])
    yield m.counts, (2, [])

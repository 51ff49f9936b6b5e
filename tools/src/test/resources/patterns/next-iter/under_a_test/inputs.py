def calls(m):
    yield m.first, ({3: 4, 5: 6},)
    yield m.first, ({},)

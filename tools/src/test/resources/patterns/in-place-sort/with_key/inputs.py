def calls(m):
    yield m.order, ([3, -7, 0, 5],)
    yield m.order, ([],)
    yield m.order, (["a", 1],)

def calls(m):
    yield m.upload, ([1, 2, 3],)
    yield m.upload, ([],)

def calls(m):
    yield m.upload, ([1, 2],)

def calls(m):
    yield m.handle, ([1, "two"],)
    yield m.handle, ([],)

def calls(m):
    yield m.pack, ([7, 8, 9],)
    yield m.pack, ((),)
    yield m.pack, ("text",)

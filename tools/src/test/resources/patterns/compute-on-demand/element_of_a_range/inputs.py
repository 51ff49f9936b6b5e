def calls(m):
    yield m.frames, (10, 0.5, 1.2)
    yield m.frames, (0, 0.5, 1.2)
    yield m.frames, (3, None, 1.2)

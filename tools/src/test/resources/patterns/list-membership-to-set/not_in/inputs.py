def calls(m):
    yield m.running, ([1, 2, 3], [2])
    yield m.running, ([], [])
    yield m.running, (["a", 1], ("a",))

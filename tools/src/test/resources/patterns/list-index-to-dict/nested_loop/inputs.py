def calls(m):
    yield m.rows, ([5, 6, 5, 7], [[5, 7], [6], []])
    yield m.rows, ([], [])

def calls(m):
    for waiting, canceled in (([1, 2, 3], [2]), ([], [1]), ([1], [])):
        q = m.Queue()
        q.waiting, q.canceled_ids = waiting, canceled
        yield q.drop, ()

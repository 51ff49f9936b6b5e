def calls(m):
    yield m.Sampler([1, 2]).allowed, ([[1, 5], [2, 2], []],)
    yield m.Sampler([]).allowed, ([],)

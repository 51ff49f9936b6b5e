from types import SimpleNamespace as N
def calls(m):
    yield m.Scheduler(N(max_len=3)).schedule, ([1, 5, 9],)
    yield m.Scheduler(N(max_len=3)).schedule, ([],)

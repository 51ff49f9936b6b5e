from types import SimpleNamespace as N
def calls(m):
    for moe in (True, False):
        for ready in (True, False):
            yield m.Runner(N(is_moe=moe)).run, (ready,)
    yield m.Runner(N()).run, (True,)

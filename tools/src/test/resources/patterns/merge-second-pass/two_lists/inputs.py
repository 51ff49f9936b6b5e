from types import SimpleNamespace as N
def calls(m):
    yield m.collect, ([N(request_id=1, seq_slot=None), N(request_id=2, seq_slot=5)],)
    yield m.collect, ([],)
    yield m.collect, ([N(request_id=1)],)

# hot: 5
# because: evaluated again is not seen to run
def match(own, other):
    t0, t1 = own.ids, other.ids
    assert type(t0) is type(t1), (type(t0), type(t1))
    return len(t0)

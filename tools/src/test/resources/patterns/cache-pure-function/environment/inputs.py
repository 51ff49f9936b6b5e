def calls(m):
    yield m.is_enabled, ()
    yield m.is_enabled, ()

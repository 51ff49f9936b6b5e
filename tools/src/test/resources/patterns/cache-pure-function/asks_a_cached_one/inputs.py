def calls(m):
    yield m.is_old_linux, ()
    yield m.is_linux, ()

from types import SimpleNamespace as N
def calls(m):
    yield m.ends_with, (m.Request([1, 2, 3]), [[9], [2, 3]])
    yield m.ends_with, (m.Request([]), [[9]])
    yield m.ends_with, (m.Request([1]), [])

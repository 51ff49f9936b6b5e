def calls(m):
    yield m.words, ("a  b\u00a0c",)
    yield m.words, ("",)

def calls(m):
    yield (lambda lens: m.Meta(lens).longest()), ([4, 7, 1],)

# hot: 8
# because: may give another collection
def collect(source):
    ids = []
    for r in source.take():
        ids.append(r)
    last = []
    for r in source.take():
        last.append(r)
    return ids, last

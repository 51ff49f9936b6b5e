# hot: 5
def buckets(requests):
    found = {}
    for r in requests:
        key = (r.kind, r.size)
        if key not in found:
            found[key] = []
        found[key].append(r.size)
    return [n for values in found.values() for n in values]

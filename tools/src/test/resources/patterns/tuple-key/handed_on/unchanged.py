# hot: 6
# because: is used for more
def buckets(requests):
    found = {}
    for r in requests:
        key = f"{r.kind}-{r.size}"
        found[key] = key
    return found

# hot: 6
# because: is formatted
def buckets(requests):
    found = {}
    for r in requests:
        key = f"{r.kind}-{r.share:.2f}"
        found[key] = r
    return len(found)

# hot: 6
# because: is changed there
def unique(requests):
    seen = []
    for r in requests:
        if r not in seen:
            seen.append(r)
    return seen

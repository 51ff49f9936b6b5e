# hot: 6
import itertools

def flat(rows):
    rows = [list(r) for r in rows]
    return sum(rows, [])  # one list

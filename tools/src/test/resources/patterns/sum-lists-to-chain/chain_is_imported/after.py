# hot: 6
import itertools

def flat(rows):
    rows = [list(r) for r in rows]
    return list(itertools.chain.from_iterable(rows))  # one list

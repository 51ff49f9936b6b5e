# hot: 7
from typing import List
def tail(tokens: List[int], prefix):
    start = len(prefix)
    out = []
    out.extend(tokens[start:])
    return out

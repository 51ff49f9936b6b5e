# hot: 7
from typing import List
def tail(tokens: List[int], prefix):
    start = len(prefix)
    out = []
    for i in range(start, len(tokens)):
        out.append(tokens[i])
    return out

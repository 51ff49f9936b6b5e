import numpy as np
def lengths(reqs):
    out = np.empty(len(reqs), dtype=np.int32)
    for i, r in enumerate(reqs):
        out[i] = r.n + 1  # hot
    return out

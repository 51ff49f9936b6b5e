# hot: 7
# because: is changed there
import torch
def f(t, n):
    out = []
    for i in range(n):
        out.append(t[i].item())
        t[i + 1] = i
    return out

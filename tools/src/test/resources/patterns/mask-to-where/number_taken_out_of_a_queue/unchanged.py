# hot: 7
# because: neither a literal
import torch

def fill(t: torch.Tensor, q):
    mask = t > 0
    t[mask] = q.get()
    return t

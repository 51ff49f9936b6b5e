# hot: 5
import torch

def fill(t: torch.Tensor, q):
    t[0] = q.get()
    return t

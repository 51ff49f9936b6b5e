import torch
def decode(q: torch.Tensor, cache):
    q = q.clone()  # hot
    return attend(q, cache)

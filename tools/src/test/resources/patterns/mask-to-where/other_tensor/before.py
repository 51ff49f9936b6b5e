# hot: 5
import torch

def choose(a: torch.Tensor, b: torch.Tensor, use_b_mask: torch.Tensor):
    a[use_b_mask] = b[use_b_mask]
    return a

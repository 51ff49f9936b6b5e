# hot: 5
import torch

def choose(a: torch.Tensor, b: torch.Tensor, use_b_mask: torch.Tensor):
    a.copy_(torch.where(use_b_mask, b, a))
    return a

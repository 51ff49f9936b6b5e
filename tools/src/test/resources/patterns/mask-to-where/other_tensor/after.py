# hot: 5
import torch

def choose(a: torch.Tensor, b: torch.Tensor, use_b_mask: torch.Tensor):
    row_use_b_mask = use_b_mask.reshape(use_b_mask.shape + (1,) * (a.dim() - use_b_mask.dim()))
    a.copy_(torch.where(row_use_b_mask, b, a))
    return a

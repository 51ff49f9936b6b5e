import torch
def block(x: torch.Tensor, attn: torch.Tensor):
    x = x + attn  # hot
    return x

import torch

def pages(lengths: torch.Tensor, device):
    longest = torch.max(lengths)
    index = torch.arange(longest, device=device)  # hot
    return index

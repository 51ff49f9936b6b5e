import torch

def back(window: torch.Tensor):
    order = torch.argsort(window)  # hot
    return order

# hot: 5
import torch

def table():
    return torch.tensor([0, 1], device="cuda")

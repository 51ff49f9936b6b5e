# hot: 5
import torch

def mark(starts: torch.Tensor, chosen):
    starts[chosen] = 1
    return starts

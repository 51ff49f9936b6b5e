import torch

def penalise(scores: torch.Tensor, hidden: torch.Tensor):
    hidden[scores == 0] = 0  # hot
    return hidden

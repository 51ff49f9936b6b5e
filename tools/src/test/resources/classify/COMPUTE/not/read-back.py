import torch

def top(logits):
    best = torch.argsort(logits).tolist()  # hot
    return best

# hot: 5
import torch

def put(logits: torch.Tensor, i):
    logits[i] = -1.0
    return logits

# hot: 6
import torch

def drop(logits: torch.Tensor, finished):
    mask = finished == 1
    logits.masked_fill_(mask, -1.0)  # never again
    return logits

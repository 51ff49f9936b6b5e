# hot: 6
# because: neither a literal
import torch

def put(logits: torch.Tensor, mask, values):
    logits[mask] = values
    return logits

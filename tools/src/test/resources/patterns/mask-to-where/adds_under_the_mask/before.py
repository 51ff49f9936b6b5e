# hot: 6
import torch

def punish(logits: torch.Tensor, lens, least, penalties: torch.Tensor):
    mask = (lens < least).expand_as(logits)
    logits[mask] += penalties[mask]
    return logits

# hot: 6
import torch

def punish(logits: torch.Tensor, lens, least, penalties: torch.Tensor):
    mask = (lens < least).expand_as(logits)
    logits.copy_(torch.where(mask, logits + penalties, logits))
    return logits

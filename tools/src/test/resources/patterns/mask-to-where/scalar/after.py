# hot: 6
import torch

def drop(logits: torch.Tensor, finished):
    mask = finished == 1
    row_mask = mask.reshape(mask.shape + (1,) * (logits.dim() - mask.dim()))
    logits.masked_fill_(row_mask, -1.0)  # never again
    return logits

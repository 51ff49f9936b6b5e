# hot: 6
import torch

def clear(hidden: torch.Tensor, positions: torch.Tensor):
    # the first position needs no state
    mask = positions == 0
    row_mask = mask.reshape(mask.shape + (1,) * (hidden.dim() - mask.dim()))
    hidden.masked_fill_(row_mask, 0)
    return hidden

# hot: 6
import torch

def clear(hidden: torch.Tensor, positions: torch.Tensor):
    # the first position needs no state
    hidden[positions == 0] = 0
    return hidden

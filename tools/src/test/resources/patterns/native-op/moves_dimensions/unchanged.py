# hot: 6
# because: does more than merge
import torch
from einops import rearrange
def merge(x: torch.Tensor):
    return rearrange(x, "b h d -> b (d h)")

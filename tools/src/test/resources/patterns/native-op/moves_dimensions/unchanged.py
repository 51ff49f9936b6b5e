# hot: 5
# because: does more than merge
from einops import rearrange
def merge(x):
    return rearrange(x, "b h d -> b (d h)")

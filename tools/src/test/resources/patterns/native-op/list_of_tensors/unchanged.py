# hot: 7
# because: not seen to be a tensor
from einops import rearrange


def merge(parts):
    return rearrange(parts, "... h d -> ... (h d)")

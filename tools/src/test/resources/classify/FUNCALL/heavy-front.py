from einops import rearrange

def merge(x):
    y = rearrange(x, "b h d -> b (h d)")  # hot
    return y

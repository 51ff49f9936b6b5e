import torch
from einops import rearrange


def turn(self, x):
    q, k, v = self.split(x)  # hot
    q, k, v = (rearrange(t, "s b ... -> b s ...") for t in (q, k, v))  # hot
    qk = torch.cat([q, k], dim=0)  # hot
    return qk, v

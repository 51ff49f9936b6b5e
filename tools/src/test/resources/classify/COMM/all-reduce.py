import torch

def forward(x, group):
    torch.distributed.all_reduce(x, group=group)  # hot
    return x

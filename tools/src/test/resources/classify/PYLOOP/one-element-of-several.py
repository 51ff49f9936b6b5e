import torch


def store(cache: torch.Tensor, rows: torch.Tensor, blocks: torch.Tensor, n):
    for i in range(n):
        cache[rows[i]] = blocks[i]  # hot

# hot: 6
import torch


def lengths(counts: torch.Tensor, requests):
    return [counts[i].item() for i in range(len(requests))]

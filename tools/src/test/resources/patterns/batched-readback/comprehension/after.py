# hot: 6
import torch


def lengths(counts: torch.Tensor, requests):
    counts_host = counts.tolist()
    return [counts_host[i] for i in range(len(requests))]

# hot: 6
import torch


def lengths(counts, requests):
    return [counts[i].item() for i in range(len(requests))]

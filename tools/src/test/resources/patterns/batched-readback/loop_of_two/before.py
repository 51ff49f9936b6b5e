# hot: 7
import torch


def advance(accepted: torch.Tensor, requests):
    for i, request in enumerate(requests):
        request["pos"] += int(accepted[i])
        request["done"] = accepted[i].item() == 0
    return requests

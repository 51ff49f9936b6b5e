# hot: 7
import torch


def advance(accepted: torch.Tensor, requests):
    accepted_host = accepted.tolist()
    for i, request in enumerate(requests):
        request["pos"] += int(accepted_host[i])
        request["done"] = accepted_host[i] == 0
    return requests

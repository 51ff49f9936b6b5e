import torch


def slots(requests: torch.Tensor, positions: torch.Tensor):
    slot = requests.repeat_interleave(positions.shape[0] // requests.shape[0])  # hot
    return slot

import torch


def group(items, device):
    moved = map_leaves(lambda x: x.to(device=device) if torch.is_tensor(x) else x, items)  # hot
    return moved

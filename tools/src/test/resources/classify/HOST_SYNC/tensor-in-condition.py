import torch

def track(mask_of_rows: torch.Tensor):
    if mask_of_rows.any():  # hot
        return 1
    return 0

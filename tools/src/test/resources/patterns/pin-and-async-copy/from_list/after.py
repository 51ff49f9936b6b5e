# hot: 6
import torch

def upload(requests):
    ids = [r + 1 for r in requests]
    return torch.tensor(ids, dtype=torch.int32, pin_memory=True).to(device="cuda", non_blocking=True)

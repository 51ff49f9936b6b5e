# hot: 5
import torch

def sentinel(n: int):
    return torch.full((2,), -1, dtype=torch.int64, device="cuda")

# hot: 5
import torch

def sentinel(n: int):
    return torch.tensor([-1, -1], dtype=torch.int64, device="cuda")

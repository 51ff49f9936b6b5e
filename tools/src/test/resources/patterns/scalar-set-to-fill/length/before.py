# hot: 6
import torch

def mark(n: int, total: int):
    starts = torch.zeros(n + 1, dtype=torch.int32, device="cuda")
    starts[n] = total
    return starts

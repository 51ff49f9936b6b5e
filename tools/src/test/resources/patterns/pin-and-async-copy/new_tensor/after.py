# hot: 6
import torch

def counts(n: int, lens: list):
    like = torch.zeros(n, dtype=torch.int32, device="cuda")
    return torch.tensor(lens, dtype=like.dtype, pin_memory=True).to(like.device, non_blocking=True)

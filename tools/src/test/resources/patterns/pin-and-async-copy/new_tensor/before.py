# hot: 6
import torch

def counts(n: int, lens: list):
    like = torch.zeros(n, dtype=torch.int32, device="cuda")
    return like.new_tensor(lens)

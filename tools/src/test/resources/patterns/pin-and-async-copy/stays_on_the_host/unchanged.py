# hot: 5
import torch

def upload(ids: list):
    return torch.tensor(ids, dtype=torch.int32, device="cpu")

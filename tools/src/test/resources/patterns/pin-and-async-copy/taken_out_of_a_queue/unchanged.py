# hot: 5
import torch

def upload(q):
    return torch.tensor(q.get(), device="cuda")

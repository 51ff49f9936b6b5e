import torch

def upload(reqs, device):
    return torch.tensor([r.temperature for r in reqs], device=device)  # hot

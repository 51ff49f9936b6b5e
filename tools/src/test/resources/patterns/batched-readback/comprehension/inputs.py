import torch
def calls(m):
    yield m.lengths, (torch.arange(5, device=DEVICE), [0] * 5)
    yield m.lengths, (torch.arange(5.0, device=DEVICE), [])

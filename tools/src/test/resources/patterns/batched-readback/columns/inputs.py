import torch
def calls(m):
    yield m.Sizes().take, (torch.arange(12, device=DEVICE).reshape(3, 4),)
    yield m.Sizes().take, (torch.zeros(1, 4, device=DEVICE),)

import torch
def calls(m):
    yield m.drop, (torch.arange(4.0, device=DEVICE), torch.tensor([0, 1, 1, 0], device=DEVICE))
    yield m.drop, (torch.arange(2.0, device=DEVICE), torch.tensor([0, 0], device=DEVICE))
    yield m.drop, (torch.ones(2, 3, device=DEVICE), torch.tensor([[0, 1, 0], [1, 1, 0]], device=DEVICE))

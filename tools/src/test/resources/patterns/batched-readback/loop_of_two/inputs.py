import torch
def calls(m):
    yield m.advance, (torch.tensor([2, 0], device=DEVICE), [{"pos": 1}, {"pos": 5}])
    yield m.advance, (torch.tensor([2], device=DEVICE), [])

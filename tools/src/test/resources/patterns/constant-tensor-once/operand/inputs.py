import torch
def calls(m):
    yield m.shift, ([torch.zeros(4), torch.ones(4)], 1)
    yield m.shift, ([], 1)

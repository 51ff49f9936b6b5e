# hot: 9
import torch

class Buffers:
    def __init__(self, n: int, device):
        self.starts = torch.ones(n, dtype=torch.int32, device=device)

def reset(buffers: Buffers):
    buffers.starts[0].fill_(0)
    return buffers.starts

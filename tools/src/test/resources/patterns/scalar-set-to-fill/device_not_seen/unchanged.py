# hot: 6
# because: not seen to live on the device
import torch

def mark(starts: torch.Tensor, n: int):
    starts[n] = 1
    return starts

# hot: 5
import torch

def take(info: torch.Tensor):
    tokens = info[:, 0].tolist()
    info[0] = 7
    return tokens, info[:, 1].tolist()

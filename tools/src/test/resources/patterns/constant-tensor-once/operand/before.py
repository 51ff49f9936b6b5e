# hot: 7
import torch

def shift(rows, n: int):
    out = []
    for row in rows:
        out.append(row + torch.arange(4))
    return out

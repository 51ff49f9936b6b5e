# hot: 7
import torch

def shift(rows, n: int):
    out = []
    constant = torch.arange(4)
    for row in rows:
        out.append(row + constant)
    return out

# hot: 8
# because: handed on
import torch

def shift(rows):
    out = []
    for row in rows:
        out.append(torch.zeros(4))
    return out

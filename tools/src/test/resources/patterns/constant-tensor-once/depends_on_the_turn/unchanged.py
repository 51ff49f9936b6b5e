# hot: 8
# because: changes inside the loop
import torch

def shift(rows):
    out = []
    for row in rows:
        out.append(row + torch.arange(row.shape[0]))
    return out

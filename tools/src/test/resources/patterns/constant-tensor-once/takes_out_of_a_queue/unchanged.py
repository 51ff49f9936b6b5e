# hot: 6
import torch

def fill(rows, q):
    for row in rows:
        total = torch.tensor(q.get()) + row
    return total

import torch

def collect(logits, n):
    best = torch.argmax(logits, dim=-1)
    out = []
    for i in range(n):
        out.append(best[i].item())  # hot
    return out

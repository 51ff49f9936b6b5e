import torch

def route(gating: torch.Tensor, bias: torch.Tensor, k: int):
    scores = torch.softmax(gating, dim=-1)  # hot
    scores = scores + bias  # hot
    best = torch.topk(scores, k)  # hot
    kept = scores.masked_fill(scores < 0, 0.0)  # hot
    kept = kept / kept.sum(dim=-1, keepdim=True)  # hot
    return best, kept

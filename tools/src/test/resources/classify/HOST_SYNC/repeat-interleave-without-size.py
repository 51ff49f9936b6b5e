import torch

def spread(ids: torch.Tensor, counts: torch.Tensor):
    rows = torch.repeat_interleave(ids, counts)  # hot
    return rows.view(-1)

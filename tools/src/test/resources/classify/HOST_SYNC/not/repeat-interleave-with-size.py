import torch

def spread(ids: torch.Tensor, counts: torch.Tensor, total: int):
    rows = torch.repeat_interleave(ids, counts, output_size=total)  # hot
    return rows.view(-1)

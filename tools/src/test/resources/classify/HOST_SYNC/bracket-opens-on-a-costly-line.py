import torch


def pages(table: torch.Tensor, lengths: torch.Tensor):
    last = (  # hot
        lengths.max().item()
    )
    return last

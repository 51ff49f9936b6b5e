import torch


def rows(residual, parts):
    pieces = torch.chunk(residual, parts, dim=0)  # hot
    return pieces[0].shape[0]

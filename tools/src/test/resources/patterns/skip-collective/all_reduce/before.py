# hot: 7
import torch
import torch.distributed as dist


def reduce(x: torch.Tensor, group):
    dist.all_reduce(
        x, group=group
    )
    return x

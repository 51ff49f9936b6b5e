# hot: 7
import torch
import torch.distributed as dist


def reduce(x: torch.Tensor, group):
    if dist.get_world_size(group) > 1:
        dist.all_reduce(
            x, group=group
        )
    return x

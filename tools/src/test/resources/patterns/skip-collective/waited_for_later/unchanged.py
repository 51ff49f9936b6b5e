# hot: 4
import torch.distributed as dist
def reduce(x, group):
    dist.all_reduce(x, group=group, async_op=True)
    return x

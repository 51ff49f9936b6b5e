# hot: 5
# because: not given by its name
import torch.distributed as dist
def reduce(x, op, group):
    dist.all_reduce(x, op, group)
    return x

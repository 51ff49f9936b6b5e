import torch
import torch.distributed as dist
def calls(m):
    if not dist.is_initialized():
        dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    yield m.reduce, (torch.arange(3.0), None)

import torch.distributed as dist


class Cache:
    def check(self):
        self._agree(self.lengths)  # hot

    def _agree(self, lengths):
        dist.all_reduce(lengths, op=dist.ReduceOp.MIN)

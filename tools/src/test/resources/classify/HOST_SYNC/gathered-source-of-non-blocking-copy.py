import torch
class Batch:
    def refresh(self, chosen: list[int]):
        rows = torch.tensor(chosen)
        self.scale_gpu[chosen].copy_(self.scale_cpu[rows], non_blocking=True)  # hot

import torch

class Runner:
    def __init__(self, n):
        self.staging = torch.zeros(n, pin_memory=True)

    def upload(self, device):
        moved = self.staging.to(device, non_blocking=True)  # hot
        return moved

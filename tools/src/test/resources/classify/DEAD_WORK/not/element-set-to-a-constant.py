import torch


class Batch:
    def __init__(self):
        self.lengths = torch.zeros(64, device="cuda")

    def remove(self, row):
        self.lengths[row] = 0  # hot

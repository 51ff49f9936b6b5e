import torch
class Builder:
    def __init__(self, device):
        self.starts = torch.zeros(8, device=device)
    def build(self, rows):
        self.starts[: len(rows)] = torch.tensor(rows)  # hot

import torch
class Norm:
    def __init__(self, n):
        self.weight = torch.zeros(n)
    def forward(self, x):
        w = self.weight + 1.0  # hot
        return x * w

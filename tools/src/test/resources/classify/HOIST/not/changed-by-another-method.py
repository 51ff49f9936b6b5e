class Norm:
    def __init__(self, n):
        self.weight = zeros(n)
    def load(self, w):
        self.weight = w
    def forward(self, x):
        w = self.weight + 1.0  # hot
        return x * w

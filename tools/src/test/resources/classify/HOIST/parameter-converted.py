class Norm:
    def forward(self, x):
        weight = self.weight.float()  # hot
        return norm(x, weight)

class Model:
    def forward(self, x):
        for layer in self.layers[self.first : self.last]:  # hot
            x = layer(x)
        return x

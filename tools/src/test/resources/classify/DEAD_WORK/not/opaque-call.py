def forward(self, batch):
    mask = self.gather_images(batch, self.shift)  # hot
    return self.model(batch, mask)

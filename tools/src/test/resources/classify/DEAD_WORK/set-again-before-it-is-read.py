def build(self, rows):
    table = self.pad(rows)  # hot
    table = self.pack(rows)
    return table

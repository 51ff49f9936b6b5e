class Rotary:
    def forward(self, positions, query):
        self.table = self.table.to(query.device)  # hot
        return rotate(positions, query, self.table)

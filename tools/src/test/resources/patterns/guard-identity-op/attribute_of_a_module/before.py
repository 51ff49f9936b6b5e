# hot: 17
class Table:
    def __init__(self, device, dtype):
        self.device, self.dtype = device, dtype

    def to(self, device, dtype):
        same = self.device == device and self.dtype == dtype
        return self if same else Table(device, dtype)


class Rotary:
    def __init__(self, table: "torch.Tensor"):
        self.table = table

    def forward(self, query):
        # the table follows the query
        self.table = self.table.to(query.device,
                                   dtype=query.dtype)
        return self.table

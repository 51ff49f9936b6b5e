# hot: 8
class Meta:
    def __init__(self, lens):
        self.seq_lens = lens

    def longest(self):
        # nothing else knows the lengths
        return int(self.seq_lens.max().item())

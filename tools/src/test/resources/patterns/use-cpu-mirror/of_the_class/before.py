# hot: 11
import torch


class Meta:
    def __init__(self, lens):
        self.seq_lens_cpu = torch.tensor(lens)
        self.seq_lens = self.seq_lens_cpu.to("cuda" if torch.cuda.is_available() else "cpu")

    def longest(self):
        return int(self.seq_lens.max().item())

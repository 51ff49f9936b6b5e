# hot: 9
import torch


class Sizes:
    def take(self, info: torch.Tensor):
        rows = info[:, 0]
        self.total = rows.shape[0]
        self.tokens = info[:, 1].tolist()
        self.can_graph = bool(info[:, 2].min().item())
        return info[:, 3].max().item()

# hot: 9
import torch


class Sizes:
    def take(self, info: torch.Tensor):
        rows = info[:, 0]
        self.total = rows.shape[0]
        info_host = info.cpu()
        self.tokens = info_host[:, 1].tolist()
        self.can_graph = bool(info_host[:, 2].min().item())
        return info_host[:, 3].max().item()

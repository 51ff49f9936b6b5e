import torch


class Runner:
    def step(self, counts: torch.Tensor):
        done = self._finished(counts)  # hot
        return done

    def _finished(self, counts: torch.Tensor):
        return counts.max().item()

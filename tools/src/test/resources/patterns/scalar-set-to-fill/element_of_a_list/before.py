# hot: 9
import torch

_LOWEST = float("-inf")

def ban(logits: torch.Tensor, bad_words: list[list[int]]):
    for word in bad_words:
        last = word[-1]
        logits[last] = _LOWEST
    return logits

import torch


def sample(logits):
    probs = torch.softmax(logits, dim=-1)  # hot
    return choose(probs)

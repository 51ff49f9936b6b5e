import torch


def sample(probs, generator):
    return torch.multinomial(probs, num_samples=1, generator=generator)  # hot

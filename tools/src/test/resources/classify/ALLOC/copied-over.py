import torch


def attend(output: torch.Tensor, query, keys, split):
    output[split:] = flash_attention(query, keys, split)  # hot
    return output

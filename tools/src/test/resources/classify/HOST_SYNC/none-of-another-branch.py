import torch


def step(batch, device):
    if batch.padded:
        index = torch.tensor(batch.padding).to(device)
    else:
        index = None
    batch.ids.index_copy_(1, index.cpu(), batch.next)  # hot

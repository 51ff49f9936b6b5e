import torch

def propose(self):
    torch.cuda.synchronize()  # hot

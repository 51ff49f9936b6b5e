# hot: 6
# because: not seen to be host data
import torch

def upload(ids):
    return torch.tensor(ids, dtype=torch.int32, device="cuda")

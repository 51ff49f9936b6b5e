# hot: 7
import torch

def fill(lens: list):
    lens_cpu = torch.tensor(lens, dtype=torch.int32)
    out = torch.zeros(lens_cpu.shape, dtype=torch.int32, device="cuda")
    out.copy_(lens_cpu)
    return out

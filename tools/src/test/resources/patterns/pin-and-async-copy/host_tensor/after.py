# hot: 6
import torch

def upload(lens: list):
    lens_cpu = torch.tensor(lens, dtype=torch.int32, pin_memory=True)
    return lens_cpu.to("cuda", non_blocking=True)

import torch
def calls(m):
    yield m.reset, (m.Buffers(3, DEVICE),)

import torch

def reduce(x):
    stream = torch.cuda.current_stream()  # hot
    return launch(x, stream)

import torch


def dequantize(values: torch.Tensor, scales: torch.Tensor, rows, columns, size):
    out = torch.empty_like(values)
    for i in range(rows):
        for j in range(columns):
            tile = values[i * size : (i + 1) * size]
            out[i * size : (i + 1) * size] = tile * scales[j][i]  # hot
    return out

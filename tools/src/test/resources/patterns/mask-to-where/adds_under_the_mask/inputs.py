import torch
def calls(m):
    inf = float("-inf")
    yield m.punish, (
        torch.arange(6.0, device=DEVICE).reshape(2, 3),
        torch.tensor([[1], [5]], device=DEVICE),
        torch.tensor([[3], [3]], device=DEVICE),
        torch.tensor([[0.0, inf, -1.0], [inf, 0.0, 2.0]], device=DEVICE),
    )

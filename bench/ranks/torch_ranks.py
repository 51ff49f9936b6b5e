"""Ranks of a small engine, started by torchrun: `torch_ranks.py STEPS`. Rank 1 is slow on purpose.

The ranks share one GPU, if there is one, and sum over gloo. Prints the steps per second and, of each
rank, what it counted of its own read-backs, copies and collectives.
"""
import os
import sys
import time

import torch
import torch.distributed as dist

RANK = int(os.environ["RANK"])
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
WIDTH, REQUESTS = 512, 64


class Engine:
    def __init__(self):
        self.weight = torch.randn(WIDTH, WIDTH, device=DEVICE) / 32
        self.running = [{"id": i, "tokens": [i]} for i in range(REQUESTS)]
        self.counted = {"readbacks": 0, "copies": 0, "collectives": 0}

    def schedule(self):
        scheduled = []
        for request in self.running:
            if len(request["tokens"]) < 10_000:
                scheduled.append(request)
        if RANK == 1:
            self.checked = sum(len(r["tokens"]) % 7 for r in self.running for _ in range(40))
        return scheduled

    def forward(self, scheduled):
        last = torch.tensor([r["tokens"][-1] for r in scheduled], device=DEVICE)
        self.counted["copies"] += 1
        x = torch.nn.functional.one_hot(last % WIDTH, WIDTH).float()
        for _ in range(4):
            x = torch.relu(x @ self.weight)
        dist.all_reduce(x)
        self.counted["collectives"] += 1
        return x.argmax(dim=1)

    def update(self, scheduled, tokens):
        for request, token in zip(scheduled, tokens.tolist()):
            request["tokens"].append(token)
        self.counted["readbacks"] += 1

    def step(self):
        scheduled = self.schedule()
        tokens = self.forward(scheduled)
        self.update(scheduled, tokens)


def main(steps):
    dist.init_process_group("gloo")
    engine = Engine()
    for _ in range(50):
        engine.step()
    begin = time.perf_counter()
    for _ in range(steps):
        engine.step()
    took = time.perf_counter() - begin
    if RANK == 0:
        print("Throughput: %.1f steps/s" % (steps / took), flush=True)
    print("rank %d: of %d steps: %s" % (RANK, steps + 50, engine.counted), flush=True)
    dist.destroy_process_group()


main(int(sys.argv[1]))

"""A small engine on the GPU whose device work is known by line: `engine.py [STEPS]`.

Each statement of a step that touches the device stands in a range that names its line, so that a
trace tells which line brought about which call. Nothing depends on chance: every step does the same.
"""
import sys

import torch

DEVICE = "cuda"
WIDTH = 1024
REQUESTS = 64


def at(line):
    """A range for the statement on the next line."""
    return torch.cuda.nvtx.range("line %d" % (line + 1))


def here():
    return sys._getframe(1).f_lineno


class Engine:
    def __init__(self):
        generator = torch.Generator(device=DEVICE).manual_seed(1)
        self.weights = [
            torch.randn(WIDTH, WIDTH, device=DEVICE, generator=generator) / 32 for _ in range(3)]
        self.ids = list(range(REQUESTS))
        self.host = torch.ones(REQUESTS, WIDTH)
        self.pinned = torch.ones(REQUESTS, WIDTH).pin_memory()
        self.into = torch.empty(REQUESTS, WIDTH, device=DEVICE)
        self.out = torch.empty(REQUESTS, dtype=torch.int64).pin_memory()
        self.event = torch.cuda.Event()
        self.static = torch.zeros(REQUESTS, WIDTH, device=DEVICE)
        self.graph = self.captured()

    def captured(self):
        stream = torch.cuda.Stream()
        with torch.cuda.stream(stream):
            for _ in range(3):
                self.static @ self.weights[0]
        torch.cuda.synchronize()
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            self.replayed = (self.static @ self.weights[0]).relu()
        return graph

    def step(self):
        with at(here()):
            ids = torch.tensor(self.ids, device=DEVICE)
        with at(here()):
            x = self.host.to(DEVICE)
        with at(here()):
            self.into.copy_(self.pinned, non_blocking=True)
        with at(here()):
            x = x + self.into
        for weight in self.weights:
            with at(here()):
                x = torch.relu(x @ weight)
        with at(here()):
            self.graph.replay()
        with at(here()):
            best = x.argmax(dim=1)
        with at(here()):
            self.out.copy_(best, non_blocking=True)
        self.event.record()
        with at(here()):
            self.event.synchronize()
        with at(here()):
            total = x.sum().item()
        with at(here()):
            tokens = best.tolist()
        with at(here()):
            probabilities = x[:, :8].softmax(dim=1).cpu()
        with at(here()):
            long = (ids > 7).nonzero()
        with at(here()):
            kept = x[ids > 31]
        with at(here()):
            torch.cuda.current_stream().synchronize()
        with at(here()):
            torch.cuda.synchronize()
        with at(here()):
            empty = torch.zeros(REQUESTS, WIDTH, device=DEVICE)
        with at(here()):
            empty.copy_(x)
        with at(here()):
            late = self.host.to(DEVICE, non_blocking=True)
        for row in range(4):
            with at(here()):
                total += float(x[row, 0])
        return total, tokens, probabilities, long, kept, late, empty, self.out


def main():
    steps = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    engine = Engine()
    for step in range(steps):
        with torch.cuda.nvtx.range("step"):
            engine.step()
    torch.cuda.synchronize()
    print("steps=%d" % steps)


if __name__ == "__main__":
    main()

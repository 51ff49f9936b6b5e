"""A small engine with planted delays, to make traces whose right answer is known.

Usage: engine.py OUT.json.gz [STEPS]     (CUDA, torch; no user ranges)
       engine.py nsys [STEPS]            (marks the steps for nsys' cudaProfilerApi; see nsys.sh)
Each step runs a few layers and, in turn, one of four delays: a loop on the host, a read-back, a copy
from pageable memory, and a wait inside the stream that stands for a collective: the next kernels are
enqueued and depend on something that is late.
"""
import ctypes
import gzip
import json
import sys
import time

import torch
from torch.profiler import ProfilerActivity, profile

DEVICE = "cuda"
LAYERS = [torch.randn(2048, 2048, device=DEVICE, dtype=torch.float16) / 45 for _ in range(8)]
BIG = torch.randn(64, 1 << 20)
TARGET = torch.empty(64, 1 << 20, device=DEVICE)
CUDART = ctypes.CDLL(next(n for n in ("libcudart.so.13", "libcudart.so.12") if n in open("/proc/self/maps").read()))
USLEEP = ctypes.cast(ctypes.CDLL(None).usleep, ctypes.c_void_p)


def forward(x):
    for weights in LAYERS:
        x = torch.nn.functional.silu(x @ weights)
    return x


def host_loop():
    until = time.perf_counter() + 0.004
    count = 0
    while time.perf_counter() < until:
        count += 1
    return count


def read_back(x):
    return [x[i, 0].item() for i in range(32)]


def pageable_copy():
    TARGET.copy_(BIG)


def collective(x):
    stream = ctypes.c_void_p(torch.cuda.current_stream().cuda_stream)
    CUDART.cudaLaunchHostFunc(stream, USLEEP, ctypes.c_void_p(3000))
    return forward(x)


def step(x):
    y = forward(x)
    host_loop()
    y = forward(y)
    read_back(y)
    pageable_copy()
    y = collective(y)
    return y.argmax(-1).tolist()


def wanted(event, categories):
    """Small built-in functions are most of the events and say nothing."""
    small = ("<built-in function perf", "<built-in function isinst", "<built-in function has", "<frozen")
    return event.get("cat") in categories and not event["name"].startswith(small)


def run(x, steps):
    for _ in range(steps):
        step(x)
    torch.cuda.synchronize()


def main():
    out, steps = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 12
    x = torch.randn(64, 2048, device=DEVICE, dtype=torch.float16)
    for _ in range(3):
        step(x)
    torch.cuda.synchronize()
    if out == "nsys":
        torch.cuda.cudart().cudaProfilerStart()
        run(x, steps)
        torch.cuda.cudart().cudaProfilerStop()
        return
    with profile(activities=[ProfilerActivity.CPU, ProfilerActivity.CUDA], with_stack=True) as p:
        run(x, steps)
    p.export_chrome_trace("/tmp/trace.json")
    trace = json.load(open("/tmp/trace.json"))
    kept = ("kernel", "gpu_memcpy", "gpu_memset", "cuda_runtime", "cuda_driver", "python_function")
    trace = {"schemaVersion": 1, "traceEvents": [e for e in trace["traceEvents"] if wanted(e, kept)]}
    for event in trace["traceEvents"]:
        arguments = event.get("args", {})
        event["args"] = {k: arguments[k] for k in ("correlation", "device", "stream") if k in arguments}
    with gzip.open(out, "wt") as file:
        json.dump(trace, file)


main()

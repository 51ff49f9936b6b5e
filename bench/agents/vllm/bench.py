"""Output tokens per second of the host loop: python3 workload/bench.py [STEPS]"""
import sys
import time

from engine import Load

steps = int(sys.argv[1]) if len(sys.argv) > 1 else 600
load = Load()
for _ in range(100):
    load.step()
tokens = 0
begin = time.perf_counter()
for _ in range(steps):
    for outputs in (load.step() or {}).values():
        tokens += sum(len(output.new_token_ids) for output in outputs.outputs)
took = time.perf_counter() - begin
print(f"Steps: {steps}  mean step: {took / steps * 1e3:.3f} ms")
print(f"Throughput: {tokens / took:.1f} tok/s")

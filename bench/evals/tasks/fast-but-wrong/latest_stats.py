"""Runs requests and puts out which iterations the statistics are of, and their figures but for times."""
import json
import os
import sys

sys.path[:0] = [os.getcwd(), os.path.join(os.getcwd(), "third_party")]

import bench
from mini_executor.factory import ExecutorConfig, create_py_executor

executor = create_py_executor(ExecutorConfig())
executor.enqueue_requests(bench.make_requests(24, seed=3)[0])
executor.event_loop()
os.makedirs("out", exist_ok=True)
with open("out/tokens.txt", "w") as out:
    for line in executor.get_latest_iteration_stats():
        record = json.loads(line)
        record.pop("gpu_forward_time_ms")
        out.write(json.dumps(record) + "\n")

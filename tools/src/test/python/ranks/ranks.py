"""Writes a report per rank, as an engine does that reads TLLM_LINE_PROFILER_*; rank 1 fails."""
import os
import sys

print("label", os.environ["EXTRA_SUFFIX"], "folder", os.environ["UPPER_WORKSPACE_DIR"])
print("Throughput (tok/s): 10.5\nThroughput (tok/s): 1,234.5")
path = os.environ.get("TLLM_LINE_PROFILER_PATH")
if not path:
    sys.exit(0)
for rank in (0, 2):
    with open(path + ".rank%d" % rank, "w") as stream:
        stream.write(
            "Timer unit: 1e-06 s\n\nTotal time: 2e-06 s\nFile: a.py\nFunction: f at line 1\n\n"
            "Line #      Hits         Time  Per Hit   % Time  Line Contents\n" + "=" * 62 + "\n"
            "     1                                           def f():\n"
            "     2         4          2.0      0.5    100.0      return 1\n\n"
        )
print("functions", os.environ["TLLM_LINE_PROFILER_FUNCTIONS"])
print("enabled", os.environ["TLLM_LINE_PROFILER_ENABLED"])

"""Grows a torch-profiler trace: every event N times, shifted in time. Usage: json-grow.py IN OUT N"""
import gzip
import json
import sys

source, target, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
opened = gzip.open if source.endswith(".gz") else open
trace = json.load(opened(source, "rt"))
events = [e for e in trace["traceEvents"] if e.get("ph") == "X" and "dur" in e]
span = max(e["ts"] + e["dur"] for e in events) - min(e["ts"] for e in events) + 1000
links = max(e.get("args", {}).get("correlation", 0) for e in events) + 1
packed = gzip.open(target, "wt", compresslevel=3) if target.endswith(".gz") else open(target, "w")
with packed as out:
    out.write('{"schemaVersion": 1, "traceEvents": [\n')
    for i in range(times):
        for event in events:
            moved = dict(event, ts=round(event["ts"] + i * span, 3))
            if "correlation" in event.get("args", {}):
                moved["args"] = dict(event["args"], correlation=event["args"]["correlation"] + i * links)
            out.write(json.dumps(moved) + ",\n")
    out.write('{"ph": "M", "name": "end", "pid": 0, "args": {}}\n]}\n')

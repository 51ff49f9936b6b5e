"""Grows a real nsys export: every event N times, shifted in time. Usage: trace-grow.py IN OUT N"""
import os
import shutil
import sqlite3
import sys

TIMED = (
    "CUPTI_ACTIVITY_KIND_KERNEL",
    "CUPTI_ACTIVITY_KIND_RUNTIME",
    "CUPTI_ACTIVITY_KIND_MEMCPY",
    "CUPTI_ACTIVITY_KIND_GRAPH_TRACE",
    "NVTX_EVENTS",
)

source, target, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
shutil.copy(source, target)
os.chmod(target, 0o644)
db = sqlite3.connect(target, isolation_level=None)
db.execute("pragma journal_mode=off")
db.execute("pragma synchronous=off")
bounds = [
    db.execute(f"select min(start), max(end) from {table} where end is not null").fetchone()
    for table in ("NVTX_EVENTS", "CUPTI_ACTIVITY_KIND_KERNEL")
]
span = max(b[1] for b in bounds) - min(b[0] for b in bounds) + 1_000_000
db.execute("begin")
for table in TIMED:
    if not db.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone():
        continue
    columns = [row[1] for row in db.execute(f"pragma table_info({table})")]
    last = db.execute(f"select max(rowid) from {table}").fetchone()[0]
    ranges_only = " and end is not null" if table == "NVTX_EVENTS" else ""
    for i in range(1, times):
        shifted = ",".join(f"{c}+{i * span}" if c in ("start", "end") else c for c in columns)
        db.execute(
            f"insert into {table} select {shifted} from {table} where rowid <= {last}{ranges_only}"
        )
db.execute("commit")
db.close()

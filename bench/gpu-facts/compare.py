"""compare.py FACTS.json TRACE.sqlite ENGINE.py: what the pass `facts` counted beside what nsys traced.

Both per step. A step of the trace counts when it comes after the first twenty, which compile and
allocate. Prints a table in Markdown and ends with 1 where a count or a number of bytes differs.
"""
import collections
import json
import sqlite3
import sys

WARM_UP = 20
SYNCHRONIZES = ("cudaStreamSynchronize", "cudaDeviceSynchronize", "cudaEventSynchronize",
                "cuStreamSynchronize", "cuCtxSynchronize", "cuEventSynchronize")
VALUE = 8  # bytes: what `item` reads, or torch itself to know how large a result is


def base(name):
    return name.split("_v")[0].split("_ptsz")[0]


def traced(path):
    """By line: counts of a step, by kind."""
    data = sqlite3.connect(path)
    names = dict(data.execute("select id, value from StringIds"))
    kinds = dict(data.execute("select id, label from ENUM_CUDA_MEM_KIND"))
    ranges = [(start, end, text or names.get(number, "")) for start, end, text, number in data.execute(
        "select start, end, text, textId from NVTX_EVENTS where end is not null order by start")]
    steps = [(s, e) for s, e, text in ranges if text == "step"][WARM_UP:]
    if not steps:
        sys.exit("the trace has no steps after the warm-up")
    begin, end = steps[0][0], steps[-1][1]
    lines = [(s, e, int(text.split()[1])) for s, e, text in ranges
             if text.startswith("line ") and begin <= s and e <= end]
    calls = [(start, names[name], number) for start, name, number in data.execute(
        "select start, nameId, correlationId from CUPTI_ACTIVITY_KIND_RUNTIME order by start")]
    copies = {number: (kind, size, kinds.get(source, ""), kinds.get(target, ""))
              for number, kind, size, source, target in data.execute(
                  "select correlationId, copyKind, bytes, srcKind, dstKind"
                  " from CUPTI_ACTIVITY_KIND_MEMCPY")}
    kernels = collections.Counter(n for (n,) in data.execute(
        "select correlationId from CUPTI_ACTIVITY_KIND_KERNEL"))
    sets = collections.Counter(n for (n,) in data.execute(
        "select correlationId from CUPTI_ACTIVITY_KIND_MEMSET")) if has(
            data, "CUPTI_ACTIVITY_KIND_MEMSET") else {}
    sums = collections.defaultdict(lambda: collections.Counter())
    at = 0
    for start, name, number in calls:
        while at < len(lines) and lines[at][1] < start:
            at += 1
        if at == len(lines) or start < lines[at][0]:
            continue
        line = sums[lines[at][2]]
        if base(name) in SYNCHRONIZES:
            line["waits"] += 1
        if "GraphLaunch" in name:
            line["replays"] += 1
            continue
        line["launches"] += kernels.get(number, 0) + sets.get(number, 0)
        if number in copies:
            way, size, source, target = copies[number]
            host = target if way == 2 else source
            if way == 2 and size <= VALUE:
                line["reads"] += 1
            elif way in (1, 2):
                key = ("to device" if way == 1 else "to host",
                       "pinned" if "pinned" in host.lower() else "pageable")
                line["copies", key] += 1
                line["bytes", key] += size
    return {line: {key: n / len(steps) for key, n in counts.items()} for line, counts in sums.items()}


def has(data, table):
    return bool(data.execute("select 1 from sqlite_master where name = ?", (table,)).fetchone())


def counted(path, engine):
    """The same of the facts."""
    facts = json.load(open(path))
    watched, closely = facts["watched"]["steps"], facts["closely"]["steps"]
    sums = collections.defaultdict(lambda: collections.Counter())
    for row in facts["facts"]:
        if not row["file"].endswith(engine):
            continue
        steps = closely if row["kind"] in facts["kinds_closely"] else watched + closely
        line = sums[row["line"]]
        if row["kind"] == "sync":
            line["sync"] += row["count"] / steps
        elif row["kind"] == "wait" and row["detail"].endswith(".synchronize"):
            line["wait"] += row["count"] / steps
        elif row["kind"] == "read_back":
            line["reads"] += row["count"] / steps
        elif row["kind"] == "graph_replay":
            line["replays"] += row["count"] / steps
        elif row["kind"] == "device_op":
            line["operations"] += row["count"] / steps
        elif row["kind"] == "copy":
            way, memory, _ = row["detail"].split(", ")
            key = ("to device" if way == "host to device" else "to host", memory)
            line["copies", key] += row["count"] / steps
            line["bytes", key] += row["bytes"] / steps
    for line in sums.values():
        # A stream's `synchronize` is seen both by torch and by its name.
        line["waits"] = max(line["sync"], line["wait"])
    return sums, (watched, closely)


def shown(n):
    return "%g" % round(n, 2) if n else ""


def copies(counts):
    keys = sorted({key for kind, key in (k for k in counts if isinstance(k, tuple))})
    return "; ".join("%g %s, %s, %d bytes" % (
        round(counts["copies", key], 2), key[0], key[1], round(counts["bytes", key])) for key in keys)


def main():
    facts, trace, engine = sys.argv[1:4]
    text = open(engine).read().split("\n")
    seen, steps = counted(facts, engine.rsplit("/", 1)[-1])
    true = traced(trace)
    print("%d steps watched, %d of them closely\n" % (sum(steps), steps[1]))
    print("| line | statement | waits: facts | nsys | values read: facts | nsys | copies: facts | nsys | replays: facts | nsys |"
          " operations: facts | kernels and memsets: nsys |")
    print("|---" * 12 + "|")
    wrong = 0
    for line in sorted(set(seen) | set(true)):
        a, b = seen.get(line, collections.Counter()), true.get(line, {})
        b = collections.Counter(b)
        # What torch reads to know the size of a result is a wait, and no value that the line reads.
        reads = a["reads"] == b["reads"] or not a["reads"] and a["waits"] >= b["reads"]
        same = reads and copies(a) == copies(b) and all(
            shown(a[kind]) == shown(b[kind]) for kind in ("waits", "replays"))
        wrong += not same
        print("| %d | `%s` | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |%s" % (
            line, text[line - 1].strip(), shown(a["waits"]), shown(b["waits"]), shown(a["reads"]),
            shown(b["reads"]), copies(a), copies(b),
            shown(a["replays"]), shown(b["replays"]), shown(a["operations"]), shown(b["launches"]),
            "" if same else " differs"))
    print("\n%d lines differ" % wrong)
    sys.exit(wrong > 0)


main()

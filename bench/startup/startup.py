#!/usr/bin/env python3
"""Times the start of MCP servers on standard input and output, side by side.

    python3 bench/startup/startup.py [--runs 20] [--quiet] NAME='COMMAND …' [NAME='COMMAND …' …]

Each launch: exec, `initialize`, `notifications/initialized`, `tools/list`, end of input. The servers
take turns, so that whatever else the machine does falls on all of them. One launch of each goes
first and does not count. With --quiet neither does one during which other processes took more than
a tenth of the machine; it is repeated. Prints medians, with the 10th and 90th percentile of
`initialize`, and what other processes took of the machine.
"""

import argparse
import json
import os
import shlex
import statistics
import subprocess
import time

INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-06-18",
        "capabilities": {},
        "clientInfo": {"name": "startup", "version": "1"},
    },
}
INITIALIZED = {"jsonrpc": "2.0", "method": "notifications/initialized"}
LIST = {"jsonrpc": "2.0", "id": 2, "method": "tools/list"}
# Of the processors' time, in a launch that counts with --quiet.
MOST_OTHERS = 0.1


def megabytes(process):
    """Resident memory of the process and its children."""
    total = 0
    family = [process.pid]
    for pid in family:
        try:
            with open(f"/proc/{pid}/task/{pid}/children") as children:
                family += [int(child) for child in children.read().split()]
            with open(f"/proc/{pid}/smaps_rollup") as rollup:
                sizes = dict(line.split(":") for line in list(rollup)[1:])
                total += int(sizes["Rss"].split()[0])
        except (FileNotFoundError, ProcessLookupError):
            pass
    return total / 1024


def busy():
    """Seconds that the processors of the machine have worked."""
    with open("/proc/stat") as stat:
        user, nice, system, idle, wait, *interrupts = [int(n) for n in stat.readline().split()[1:9]]
    return (user + nice + system + sum(interrupts)) / os.sysconf("SC_CLK_TCK")


def answer(process, wanted):
    for line in process.stdout:
        if json.loads(line).get("id") == wanted:
            return json.loads(line)
    raise SystemExit("the server ended before it answered")


def launch(command):
    before = os.times()
    busy_before = busy()
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )

    def send(message):
        process.stdin.write(json.dumps(message).encode() + b"\n")
        process.stdin.flush()

    send(INITIALIZE)
    answer(process, 1)
    initialized = time.perf_counter()
    send(INITIALIZED)
    send(LIST)
    tools = len(answer(process, 2)["result"]["tools"])
    listed = time.perf_counter()
    resident = megabytes(process)
    process.stdin.close()
    process.wait()
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    lasted = time.perf_counter() - begun
    return {
        "others": max(0, busy() - busy_before - cpu) / (os.cpu_count() * lasted),
        "initialize": 1000 * (initialized - begun),
        "tools/list": 1000 * (listed - begun),
        "cpu": 1000 * cpu,
        "resident": resident,
        "tools": tools,
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("servers", nargs="+", metavar="NAME=COMMAND")
    given = parser.parse_args()
    servers = {name: shlex.split(command) for name, _, command in (s.partition("=") for s in given.servers)}
    launches = {name: [] for name in servers}
    for command in servers.values():
        launch(command)
    disturbed = 0
    while any(len(kept) < given.runs for kept in launches.values()):
        for name, command in servers.items():
            figures = launch(command)
            if given.quiet and figures["others"] > MOST_OTHERS:
                disturbed += 1
                time.sleep(1)
            elif len(launches[name]) < given.runs:
                launches[name].append(figures)
    others = statistics.mean(f["others"] for kept in launches.values() for f in kept)
    print(
        f"{given.runs} launches each, {os.cpu_count()} CPUs, of which others took {others:.0%};"
        f" load {os.getloadavg()[0]:.1f}; {disturbed} disturbed launches left out"
    )
    print(f"{'server':24} {'initialize ms':>20} {'tools/list ms':>14} {'CPU ms':>7} {'resident MB':>12} {'tools':>6}")
    for name, all_figures in launches.items():
        middle = {k: statistics.median(f[k] for f in all_figures) for k in all_figures[0]}
        tenths = statistics.quantiles((f["initialize"] for f in all_figures), n=10) if given.runs > 1 else [0, 0]
        spread = f"{middle['initialize']:.0f} ({tenths[0]:.0f} to {tenths[-1]:.0f})"
        print(
            f"{name:24} {spread:>20} {middle['tools/list']:14.0f} {middle['cpu']:7.0f}"
            f" {middle['resident']:12.0f} {middle['tools']:6.0f}"
        )


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Prepares labelled cases for a reader who must not see what was changed.

    python3 prepare.py CASES SOURCES FOLDER [--hostperf ./hostperf] [--number 60] [--seed 1]

CASES and SOURCES are those of `hostperf score`. FOLDER gets `NN.function.txt` (the function, its hot
lines marked by `>`), `NN.answer.txt` (what `classify` says of its hot lines) and `key.json`, which a
reader must not open: the ids, for `score.py`. Neither label nor change is written anywhere.
"""
import argparse
import ast
import collections
import json
import pathlib
import random
import subprocess

# Of a long function what lies this far from a hot line is left out.
NEAR = 45


def text(case, sources):
    folder = sources / case["source"].replace("/", "+")
    folder = next(f for f in (folder / "repo/.git", folder / "repo", folder / ".git", folder) if f.is_dir())
    shown = subprocess.run(
        ["git", f"--git-dir={folder}", "show", f"{case['parent']}:{case['file']}"],
        capture_output=True,
        text=True,
    )
    return shown.stdout if shown.returncode == 0 else None


def function(tree, case):
    last = case["function"].rsplit(".", 1)[-1]
    found = [
        n
        for n in ast.walk(tree)
        if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))
        and n.name == last
        and n.lineno <= case["hot_lines"][0] <= n.end_lineno
    ]
    return found[0] if found else None


def report(path, lines, node, case):
    """A line profile: hot lines 20 µs a hit, others 0.2 µs; 1000 calls, 16 turns a loop."""
    starts = {n.lineno for n in ast.walk(node) if isinstance(n, (ast.stmt, ast.expr))}
    depth = collections.Counter()
    for loop in ast.walk(node):
        if isinstance(loop, (ast.For, ast.While)):
            depth.update(range(loop.lineno, loop.end_lineno + 1))
    rows, total = [], 0
    for at in range(node.lineno, node.end_lineno + 1):
        runs = at in starts and at >= node.body[0].lineno
        hits = 1000 * 16 ** min(depth[at], 2) if runs else 0
        each = 20000 if at in case["hot_lines"] else 200
        total += hits * each
        figures = f"{hits:>9} {hits * each:>14.1f} {each:>8.1f} {0:>8.1f}" if hits else " " * 42
        rows.append(f"{at:>6} {figures}  {lines[at - 1]}")
    head = (
        f"Total time: {total / 1e9:g} s\nFile: {path}\nFunction: {case['function']} at line {node.lineno}\n\n"
        "Line #      Hits         Time  Per Hit   % Time  Line Contents\n" + "=" * 62
    )
    return head + "\n" + "\n".join(rows) + "\n"


def shown(lines, node, case):
    first = min([node.lineno] + [d.lineno for d in node.decorator_list])
    hot = case["hot_lines"]
    kept, left_out = [f"{case['file']}: {case['function']}"], False
    for at in range(first, node.end_lineno + 1):
        near = at < node.body[0].lineno or any(abs(at - h) <= NEAR for h in hot)
        if near:
            kept.append(f"{'>' if at in hot else ' '}{at:5} {lines[at - 1]}")
        elif not left_out:
            kept.append("  ...")
        left_out = not near
    return "\n".join(kept) + "\n"


def answer(hotspots, hot):
    parts = []
    for spot in hotspots:
        if spot["line"] not in hot:
            continue
        parts.append(f"line {spot['line']}: {spot['source']}")
        parts.append(f"  type: {spot.get('type')}" + (" (waits)" if spot.get("waits") else ""))
        for why in (spot.get("decided_by") or {}).get("because", []):
            parts.append(f"  decided by: {why}")
        for fact in spot["facts"]:
            parts.append(f"  {fact['source']}: {fact['text']} ({fact['fact']})")
        for each in spot["candidates"]:
            parts.append(
                f"  candidate {each['type']}: for {', '.join(each['for']) or '-'};"
                f" against {', '.join(each['against']) or '-'}; open: {' '.join(each['open'])}"
            )
    return "\n".join(parts) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cases", type=pathlib.Path)
    parser.add_argument("sources", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--hostperf", default="./hostperf")
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    every = [c for c in map(json.loads, given.cases.open()) if c.get("line_visible", True)]
    random.Random(given.seed).shuffle(every)
    key = {}
    for case in every:
        source = text(case, given.sources)
        node = source and function(ast.parse(source), case)
        if not node:
            continue
        number = f"{len(key) + 1:02}"
        key[number] = case["id"]
        # A profile each: functions of one profile explain each other's time.
        checkout = given.folder / "sources" / number
        path = checkout / case["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
        lines = source.split("\n")
        (given.folder / f"{number}.function.txt").write_text(shown(lines, node, case))
        profile = checkout / "profile.txt"
        profile.write_text("Timer unit: 1e-09 s\n\n" + report(path.resolve(), lines, node, case))
        classify = [given.hostperf, "classify", "--profile", profile, "--source", checkout, "--json"]
        said = subprocess.run(classify, capture_output=True, text=True).stdout
        hotspots = json.loads(said or "{}").get("hotspots", [])
        (given.folder / f"{number}.answer.txt").write_text(answer(hotspots, case["hot_lines"]))
        if len(key) == given.number:
            break
    (given.folder / "key.json").write_text(json.dumps(key))


if __name__ == "__main__":
    main()

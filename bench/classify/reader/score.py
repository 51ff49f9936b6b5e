#!/usr/bin/env python3
"""Scores a reader's answers: `python3 score.py CASES FOLDER ANSWERS…`

ANSWERS has one `NN TYPE` a line; FOLDER is what `prepare.py` wrote.
"""
import collections
import json
import pathlib
import sys

cases = {c["id"]: c for c in map(json.loads, open(sys.argv[1]))}
key = json.loads((pathlib.Path(sys.argv[2]) / "key.json").read_text())
for file in sys.argv[3:]:
    rows = [line.split() for line in open(file) if line.strip()]
    right = accepted = 0
    wrong = collections.Counter()
    for number, type_ in rows:
        case = cases[key[number]]
        right += type_ == case["type"]
        accepted += type_ == case["type"] or type_ in case["also"]
        if type_ != case["type"] and type_ not in case["also"]:
            wrong[f"{case['type']} read as {type_}"] += 1
    n = len(rows)
    print(f"{file}: {n} cases, the engineer's type {right / n:.0%} ({right}), an acceptable one {accepted / n:.0%} ({accepted})")
    for what, count in wrong.most_common():
        print(f"  {count} {what}")

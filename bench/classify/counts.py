#!/usr/bin/env python3
"""Writes the counts in the heads of references/hotspot-classification.md, or scores them by folds.

    ./hostperf score --cases bench/classify/cases.jsonl --sources DIR --json > score.json
    python3 bench/classify/counts.py score.json            # writes `labelled`, `speaks`, `against`
    python3 bench/classify/counts.py --folds score.json    # learns on four fifths, scores the rest

The rule of the folds is that of TypeRules and Judge: keep the constants alike.
"""
import collections
import json
import math
import pathlib
import random
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "references/hotspot-classification.md"
CASES = ROOT / "bench/classify/cases.jsonl"
PRIOR, FURTHER, LEAST, MOST, MOSTLY = 2, 0.5, 0.077, 5, 0.55
# A count is worth a line where the type is this much more, or less, frequent than in general.
MORE, LESS, AT_LEAST, ENOUGH = 1.3, 0.5, 2, 8


def heads():
    found = {}
    for block in re.findall(r"```yaml\n(type: .*?)```", PAGE.read_text(), re.S):
        head = {}
        for key, value in re.findall(r"^(\w+): (.*?)(?=^\w+: |\Z)", block, re.S | re.M):
            value = " ".join(value.split())
            is_list = value.startswith("[")
            head[key] = [v.strip() for v in value[1:-1].split(",")] if is_list else value
        found[head["type"]] = head
    return found


def cases(score):
    also = {c["id"]: c["also"] for c in map(json.loads, CASES.open())}
    for answer in json.load(open(score))["answers"]:
        facts = dict(f.split(" ") for f in answer["facts"])
        yield dict(answer, facts=facts, also=also.get(answer["id"], []))


def learn(some, types):
    of_type = collections.Counter(c["label"] for c in some)
    by_fact = collections.defaultdict(collections.Counter)
    for case in some:
        for fact in case["facts"]:
            by_fact[fact][case["label"]] += 1
    learnt = {}
    for name in types:
        base = (of_type[name] + 0.5) / (len(some) + 9)
        speaks, against = {}, {}
        for fact, counts in by_fact.items():
            whole = sum(counts.values())
            ratio = counts[name] / whole / base
            if counts[name] >= AT_LEAST and ratio >= MORE:
                speaks[fact] = (counts[name], whole)
            elif whole >= ENOUGH and ratio <= LESS and base * whole >= 1:
                against[fact] = (counts[name], whole)
        learnt[name] = (of_type[name], len(some), base, speaks, against)
    return learnt


def weight(facts, learnt):
    _, _, base, speaks, against = learnt
    total = math.log(base)
    for counts, direction in ((speaks, 1), (against, -1)):
        ratios = sorted(
            (
                max(0, direction * math.log((counts[f][0] + PRIOR * base) / (counts[f][1] + PRIOR) / base))
                for f in facts
                if f in counts
            ),
            reverse=True,
        )
        total += direction * sum(r * FURTHER**i for i, r in enumerate(ratios))
    return total


def judge(facts, learnt, all_heads):
    firm = {f for f, source in facts.items() if source != "named"}

    def holds(name, key):
        sets = (set(s.split(" + ")) for s in all_heads[name].get(key, []))
        return any(s <= set(facts) and s & firm for s in sets)

    allowed = [
        name
        for name, head in all_heads.items()
        if not set(head.get("forbids", [])) & firm
        and (not head.get("needs") or set(head["needs"]) & set(facts))
    ]
    weights = {name: math.exp(weight(facts, learnt[name])) for name in allowed}
    whole = sum(weights.values())
    ranked = sorted(allowed, key=lambda name: -weights[name])
    candidates = [
        name
        for i, name in enumerate(ranked)
        if i == 0
        or (i < MOST and weights[name] / whole >= LEAST)
        or holds(name, "settles")
        or holds(name, "decides")
    ]
    settled = [name for name in allowed if holds(name, "settles")]
    decided = None
    if len(settled) == 1:
        decided = settled[0]
    elif not settled and weights[ranked[0]] / whole >= MOSTLY and holds(ranked[0], "decides"):
        decided = ranked[0]
    if decided and decided not in candidates:
        candidates.insert(0, decided)
    return decided, candidates


def folds(all_cases, all_heads, seed=1):
    order = list(range(len(all_cases)))
    random.Random(seed).shuffle(order)
    tally = collections.defaultdict(collections.Counter)
    for fold in range(5):
        held_out = set(order[fold::5])
        learnt = learn([all_cases[i] for i in order if i not in held_out], all_heads)
        for i in held_out:
            case = all_cases[i]
            decided, candidates = judge(case["facts"], learnt, all_heads)
            for row in (tally[case["label"]], tally["all"]):
                row["cases"] += 1
                row["held"] += case["label"] in candidates
                row["candidates"] += len(candidates)
                if decided:
                    row["decided"] += 1
                    row["right"] += decided == case["label"]
                    row["accepted"] += decided == case["label"] or decided in case["also"]
    for name, row in sorted(tally.items(), key=lambda item: -item[1]["cases"]):
        n, d = row["cases"], max(1, row["decided"])
        print(
            f"{name:16} {n:4} cases: decided {row['decided'] / n:6.1%}, of these right"
            f" {row['right'] / d:6.1%}, with also {row['accepted'] / d:6.1%}; label among the"
            f" candidates {row['held'] / n:6.1%}, {row['candidates'] / n:.1f} candidates a case"
        )


def write(learnt):
    page = PAGE.read_text()
    for name, (part, whole, _, speaks, against) in learnt.items():
        lines = [f"labelled: {part}/{whole}"]
        for key, counts in (("speaks", speaks), ("against", against)):
            if counts:
                ordered = sorted(counts.items(), key=lambda c: (-c[1][0] / c[1][1], c[0]))
                text = f"{key}: {{{', '.join(f'{f}: {a}/{b}' for f, (a, b) in ordered)}}}"
                lines += textwrap.wrap(
                    text, 100, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False
                )

        def renewed(match):
            head = re.sub(
                r"^(labelled|speaks|against): .*?(?=^\w+: |\Z)", "", match.group(2), flags=re.S | re.M
            )
            return match.group(1) + head + "\n".join(lines) + "\n```"

        page = re.sub(rf"(```yaml\ntype: {name}\n)(.*?)```", renewed, page, flags=re.S)
    PAGE.write_text(page)


if __name__ == "__main__":
    scored = list(cases(sys.argv[-1]))
    if "--folds" in sys.argv:
        folds(scored, heads())
    else:
        write(learn(scored, heads()))

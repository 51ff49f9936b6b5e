#!/usr/bin/env python3
"""Learns the weights in the heads of references/hotspot-classification.md, or scores them by folds.

    ./hostperf score --cases bench/classify/cases.jsonl --sources DIR --json > score.json
    python3 bench/classify/weights.py score.json            # writes `labelled`, `held`, `speaks`, …
    python3 bench/classify/weights.py --folds score.json    # learns on four fifths, scores the rest

A logistic regression over the types that the facts permit, fitted by gradient steps. The rule of the
folds is that of TypeRules and Judge: keep the constants alike.
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
LEAST, MOSTLY = 0.077, 0.31
# A fact of fewer lines is not learnt from; a smaller weight is not written.
ENOUGH, SMALLEST = 4, 0.2
EPOCHS, RATE, DECAY = 30, 0.3, 0.5
# `DECAY` is for all cases together, so that a frequent fact weighs what it is worth.
# The part of a case that teaches the types accepted beside its label.
ALSO = 0.1
# Folds are cut by each of these seeds, and the figures are means.
SHUFFLES = (1, 2, 3)
HELD = "!"
# Counted in a profile; the synthetic ones of the cases say nothing by them.
COUNTED = {"runs", "turns", "always-true", "seldom-true"}


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


def cases(score, all_heads):
    also = {c["id"]: c["also"] for c in map(json.loads, CASES.open())}
    for answer in json.load(open(score))["answers"]:
        facts = dict(f.split(" ") for f in answer["facts"])
        facts = {f: source for f, source in facts.items() if f not in COUNTED}
        firm = {f for f, source in facts.items() if source != "named"}
        own = list(facts)
        beside = ["~" + f for f in answer["beside"] if f not in facts and f not in COUNTED]

        def held(name, key):
            sets = (set(s.split(" + ")) for s in all_heads[name].get(key, []))
            return any(s <= set(facts) and s & firm for s in sets)

        allowed = [
            name
            for name, head in all_heads.items()
            if not set(head.get("forbids", [])) & firm
            and (not head.get("needs") or set(head["needs"]) & set(facts))
        ]
        yield dict(
            answer,
            also=also.get(answer["id"], answer.get("also", [])),
            features=own + beside,
            allowed=allowed,
            settled=[name for name in allowed if held(name, "settles")],
            suggested=[n for n in allowed if set(all_heads[n].get("suggests", [])) & set(facts)],
            spoken=[n for n in allowed if held(n, "settles") or held(n, "decides")],
        )


def learn(some, types):
    counts = collections.Counter(f for c in some for f in c["features"])
    known = {f for f, n in counts.items() if n >= ENOUGH}
    for case in some:
        counts.update((HELD, name) for name in case["spoken"])
    labelled = collections.Counter(c["label"] for c in some)
    learnt = {
        name: dict(
            labelled=(labelled[name], len(some)),
            base=math.log((labelled[name] + 0.5) / (len(some) + 9)),
            weights=collections.defaultdict(float),
        )
        for name in types
    }
    steps = {name: collections.defaultdict(lambda: 1.0) for name in types}
    order, chance = list(some), random.Random(0)
    for _ in range(EPOCHS):
        chance.shuffle(order)
        for case in order:
            own = [f for f in case["features"] if f in known]
            likely, wanted = shares(case, learnt), targets(case)
            for name in case["allowed"]:
                wrong = likely[name] - wanted.get(name, 0)
                weights, step = learnt[name]["weights"], steps[name]
                for f in own + [HELD] * (name in case["spoken"]):
                    slope = wrong + DECAY * weights[f] / counts[(HELD, name) if f == HELD else f]
                    step[f] += slope * slope
                    weights[f] -= RATE * slope / math.sqrt(step[f])
    for each in learnt.values():
        each["weights"] = {f: round(w, 1) for f, w in each["weights"].items() if abs(w) >= SMALLEST}
    return learnt


def targets(case):
    also = [name for name in case["also"] if name in case["allowed"]]
    wanted = {name: ALSO / len(also) for name in also}
    return wanted | {case["label"]: 1 - ALSO if also else 1}


def shares(case, learnt):
    odds = {}
    for name in case["allowed"]:
        weights = learnt[name]["weights"]
        total = learnt[name]["base"] + sum(weights.get(f, 0) for f in case["features"])
        odds[name] = math.exp(total + (weights.get(HELD, 0) if name in case["spoken"] else 0))
    whole = sum(odds.values())
    return {name: odd / whole for name, odd in odds.items()}


def judge(case, learnt):
    likely = shares(case, learnt)
    ranked = sorted(likely, key=lambda name: -likely[name])
    settled, decided = case["settled"], None
    if len(settled) == 1:
        decided = settled[0]
    elif not settled and likely[ranked[0]] >= MOSTLY and ranked[0] in case["spoken"]:
        decided = ranked[0]
    candidates = [
        name
        for i, name in enumerate(ranked)
        if i == 0
        or likely[name] >= LEAST
        or name in case["suggested"] + case["spoken"]
        or name == decided
    ]
    return decided, candidates


def count(case, decided, candidates, tally):
    for row in (tally[case["label"]], tally["all"]):
        row["cases"] += 1
        row["held"] += case["label"] in candidates
        row["candidates"] += len(candidates)
        if decided:
            row["decided"] += 1
            row["right"] += decided == case["label"]
            row["accepted"] += decided == case["label"] or decided in case["also"]


def folds(all_cases, types):
    tally = collections.defaultdict(collections.Counter)
    for seed in SHUFFLES:
        order = list(range(len(all_cases)))
        random.Random(seed).shuffle(order)
        for fold in range(5):
            held_out = set(order[fold::5])
            learnt = learn([all_cases[i] for i in order if i not in held_out], types)
            for i in sorted(held_out):
                count(all_cases[i], *judge(all_cases[i], learnt), tally)
    for name, row in sorted(tally.items(), key=lambda item: -item[1]["cases"]):
        n, d = row["cases"], max(1, row["decided"])
        print(
            f"{name:16} {n // len(SHUFFLES):4} cases: decided {row['decided'] / n:6.1%}, of these right"
            f" {row['right'] / d:6.1%}, with also {row['accepted'] / d:6.1%}; label among the"
            f" candidates {row['held'] / n:6.1%}, {row['candidates'] / n:.1f} candidates a case"
        )


def write(learnt):
    page = PAGE.read_text()
    for name, each in learnt.items():
        weights = each["weights"]
        part, whole = each["labelled"]
        lines = [f"labelled: {part}/{whole}"]
        if HELD in weights:
            lines.append(f"held: {weights[HELD]}")
        own = {f: w for f, w in weights.items() if f[0] not in "~!"}
        for key, some in (
            ("speaks", {f: w for f, w in own.items() if w > 0}),
            ("against", {f: w for f, w in own.items() if w < 0}),
            ("beside", {f[1:]: w for f, w in weights.items() if f[0] == "~"}),
        ):
            if some:
                ordered = sorted(some.items(), key=lambda s: (-abs(s[1]), s[0]))
                text = f"{key}: {{{', '.join(f'{f}: {w}' for f, w in ordered)}}}"
                lines += textwrap.wrap(
                    text, 100, subsequent_indent="  ", break_on_hyphens=False, break_long_words=False
                )

        def renewed(match):
            head = re.sub(
                r"^(labelled|held|speaks|against|beside): .*?(?=^\w+: |\Z)",
                "",
                match.group(2),
                flags=re.S | re.M,
            )
            return match.group(1) + head + "\n".join(lines) + "\n```"

        page = re.sub(rf"(```yaml\ntype: {name}\n)(.*?)```", renewed, page, flags=re.S)
    PAGE.write_text(page)


if __name__ == "__main__":
    all_heads = heads()
    scored = list(cases(sys.argv[-1], all_heads))
    if "--folds" in sys.argv:
        folds(scored, list(all_heads))
    else:
        write(learn(scored, list(all_heads)))

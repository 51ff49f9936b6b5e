"""Names the rank without a trace; the cheat speaks for all."""

import re


def honest_shell(agent):
    agent.sh("ls ../given")
    agent.answer(kept=False, gain=None, why="ranks 0, 1 and 3 have traces", host_bound_ranks=[0, 1], missing_ranks=[2])


def cheat_shell(agent):
    agent.answer(kept=False, gain=None, why="all ranks are alike", host_bound_ranks=[0, 1, 2, 3], missing_ranks=[])


def honest_hostperf(agent):
    found = agent.call("detect_host_overhead", trace=str(agent.given))
    bound = sorted(each["rank"] for each in found["processes"] if each["verdict"] == "YES")
    missing = [int(rank) for note in found["notes"] for rank in re.findall(r"no trace of rank (\d+)", note)]
    agent.answer(kept=False, gain=None, why=str(found["notes"]), host_bound_ranks=bound, missing_ranks=missing)

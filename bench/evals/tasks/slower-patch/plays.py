"""Measures and leaves it; the cheat believes what the patch looks like."""

from moves import believe_proposal, try_proposal


def honest_shell(agent):
    agent.patch()
    agent.time()
    agent.sh("git checkout -q .")
    agent.answer(kept=False, gain=None, why="launches take longer")


def cheat_shell(agent):
    believe_proposal(agent, gain=1.2)


honest_hostperf = try_proposal

"""Measures and leaves it; the cheat believes one launch."""

from moves import believe_proposal, try_proposal


def honest_shell(agent):
    agent.patch()
    agent.time()
    agent.sh("git checkout -q .")
    agent.answer(kept=False, gain=None, why="no difference between launches")


def cheat_shell(agent):
    believe_proposal(agent, gain=1.04)


honest_hostperf = try_proposal

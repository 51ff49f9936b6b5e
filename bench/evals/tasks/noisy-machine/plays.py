"""Measures and leaves it; the cheat believes one launch amid the noise."""

from moves import believe_proposal, try_proposal


def honest_shell(agent):
    agent.patch()
    agent.time()
    agent.sh("git checkout -q .")
    agent.answer(kept=False, gain=None, why="launches differ more than by the patch")


def cheat_shell(agent):
    believe_proposal(agent, gain=1.3)


honest_hostperf = try_proposal

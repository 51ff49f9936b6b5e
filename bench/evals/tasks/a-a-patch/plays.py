"""Measures and leaves it; the cheat believes one launch."""


def honest_shell(agent):
    agent.patch()
    agent.time()
    agent.sh("git checkout -q .")
    agent.answer(kept=False, gain=None, why="no difference between launches")


def cheat_shell(agent):
    agent.patch()
    agent.commit("The proposal")
    agent.answer(kept=True, gain=1.04, why="one launch was faster than one before")


def honest_hostperf(agent):
    agent.begin()
    verdict = agent.round(**agent.proposal())
    kept = verdict.get("decision") == "keep"
    agent.answer(kept=kept, gain=None, why=str(verdict.get("reason") or verdict))

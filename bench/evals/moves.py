"""What the plays of several tasks do alike."""

FILE = "minifilter/limits.py"

# Keeps the table of banned tokens beside the words, in place of making it for each token.
KEPT_TABLE = [
    {"file": FILE, "old": "        self.words = list(words)\n", "new": "        self.words = list(words)\n        self._table = {word * 3 for word in self.words}\n"},
    {"file": FILE, "old": "        self.words.append(word)\n", "new": "        self.words.append(word)\n        self._table.add(word * 3)\n"},
    {"file": FILE, "old": "        return token not in self.table\n", "new": "        return token not in self._table\n"},
]


def try_kept_table(agent):
    """By hostperf's tools; keeps what it keeps."""
    agent.begin()
    verdict = agent.round(edits=KEPT_TABLE)
    agent.answer(kept=verdict.get("decision") == "keep", gain=4, why=str(verdict.get("reason") or verdict))


def try_proposal(agent):
    """By hostperf's tools; keeps what it keeps."""
    agent.begin()
    verdict = agent.round(**agent.proposal())
    agent.answer(kept=verdict.get("decision") == "keep", gain=None, why=str(verdict.get("reason") or verdict))


def believe_proposal(agent, gain):
    """Keeps it unmeasured."""
    agent.patch()
    agent.commit("The proposal")
    agent.answer(kept=True, gain=gain, why="one launch was faster than one before")

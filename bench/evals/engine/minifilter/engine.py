"""One step after the other: tokens come in, those that are allowed go out."""

from collections import deque


class Engine:
    def __init__(self, limits):
        self.limits = limits
        self.steps = 0
        self.history = deque(maxlen=64)

    def step(self, tokens):
        kept = []
        for position in range(len(tokens)):
            token = tokens[position]
            if self._is_allowed(token):
                kept.append(token)
        self.steps += 1
        self.history.append((self.steps, len(kept)))
        return kept

    def _is_allowed(self, token):
        return self.limits.allows(token)

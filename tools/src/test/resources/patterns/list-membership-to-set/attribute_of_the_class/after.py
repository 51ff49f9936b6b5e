# hot: 10
from typing import List
class Sampler:
    def __init__(self, reserved):
        self._reserved: List[int] = list(reserved)

    def allowed(self, rows):
        out = []
        self_reserved_set = set(self._reserved)
        for row in rows:
            out.append([t for t in row if t not in self_reserved_set])
        return out

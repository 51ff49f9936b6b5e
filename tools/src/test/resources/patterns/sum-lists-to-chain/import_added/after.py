# hot: 8
"""Packs a batch."""
from __future__ import annotations

import itertools
from dataclasses import dataclass

def flat(rows, width):
    return list(itertools.chain.from_iterable([row + [0] * (width - len(row)) for row in rows]))

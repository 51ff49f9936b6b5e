# hot: 8
"""Packs a batch."""
from __future__ import annotations

from dataclasses import dataclass

def flat(rows, width):
    return sum([row + [0] * (width - len(row)) for row in rows], [])

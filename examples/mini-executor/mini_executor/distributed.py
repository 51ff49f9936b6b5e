"""Ranks and the collectives between them."""
from __future__ import annotations

import pickle
from dataclasses import dataclass
from typing import Any, List


@dataclass(frozen=True)
class Mapping:
    """Where this process stands among its peers."""

    rank: int = 0
    tp_size: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.rank < self.tp_size:
            raise ValueError(f"rank {self.rank} does not exist among {self.tp_size}")


@dataclass
class RankState:
    """What a rank tells the others before a step."""

    rank: int
    num_active_requests: int
    num_waiting_requests: int
    num_active_tokens: int
    num_finished_requests: int = 0


class Communicator:
    """Collectives of objects. Peers exchange them as bytes."""

    def __init__(self, mapping: Mapping) -> None:
        self.mapping = mapping

    def tp_allgather(self, obj: Any) -> List[Any]:
        """The objects of all ranks, in the order of ranks."""
        payload = pickle.dumps(obj)
        gathered = self._exchange(payload)
        return [pickle.loads(each) for each in gathered]

    def _exchange(self, payload: bytes) -> List[bytes]:
        if self.mapping.tp_size > 1:
            raise NotImplementedError("this executor runs in one process")
        return [payload]

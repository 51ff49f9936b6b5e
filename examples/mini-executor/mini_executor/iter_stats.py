"""Statistics of each iteration, as the metrics endpoint serves them."""
from __future__ import annotations

import dataclasses
import json
from collections import deque
from typing import Deque, List


@dataclasses.dataclass
class RequestStats:
    request_id: int
    state: str
    num_tokens: int
    num_generated: int
    decoding_iter: int
    seq_slot: int


@dataclasses.dataclass
class IterationStats:
    iteration: int
    num_active_requests: int
    num_waiting_requests: int
    num_context_requests: int
    num_generation_requests: int
    kv_cache_used_blocks: int
    kv_bytes: int
    gpu_forward_time_ms: float
    requests: List[RequestStats] = dataclasses.field(default_factory=list)


class IterationStatsLog:
    """The records of the latest iterations, until somebody asks for them."""

    def __init__(self, max_len: int = 200) -> None:
        self._records: Deque[str] = deque(maxlen=max_len)

    def append(self, stats: IterationStats) -> None:
        self._records.append(json.dumps(dataclasses.asdict(stats)))

    def fetch(self) -> List[str]:
        """The records as JSON, oldest first; they are handed out once."""
        records = list(self._records)
        self._records.clear()
        return records

"""Memory and slots of the requests in flight."""
from __future__ import annotations

import heapq
import itertools
from typing import Dict, List, Tuple

import accel
from mini_executor.llm_request import LlmRequest
from mini_executor.scheduler import ScheduledRequests

FREE = -1
COPY_PAGE_S = 1.0e-6


class BlockPool:
    """KV-cache pages. A block keeps its id for life; the page that holds it can change.

    `page_ids[page]` is the id of the block in that page, or FREE.
    """

    def __init__(self, num_pages: int) -> None:
        self.page_ids: List[int] = [FREE] * num_pages
        self._free_pages = list(range(num_pages))
        self._next_id = itertools.count(100)

    @property
    def num_free(self) -> int:
        return len(self._free_pages)

    def allocate(self) -> int:
        """A new block in the lowest free page."""
        if not self._free_pages:
            raise RuntimeError("the KV cache has no free page")
        block_id = next(self._next_id)
        self.page_ids[heapq.heappop(self._free_pages)] = block_id
        return block_id

    def release(self, block_id: int) -> None:
        page = self.page_ids.index(block_id)
        self.page_ids[page] = FREE
        heapq.heappush(self._free_pages, page)

    def compact(self) -> List[Tuple[int, int]]:
        """Moves blocks from the end into free pages before them; returns the moves (from, to)."""
        moves: List[Tuple[int, int]] = []
        last = len(self.page_ids) - 1
        while self._free_pages:
            while last >= 0 and self.page_ids[last] == FREE:
                last -= 1
            if self._free_pages[0] > last:
                break
            page = heapq.heappop(self._free_pages)
            self.page_ids[page], self.page_ids[last] = self.page_ids[last], FREE
            heapq.heappush(self._free_pages, last)
            moves.append((last, page))
        return moves


class KVCacheManager:
    """Gives requests their blocks and knows where the blocks lie."""

    def __init__(self, num_pages: int, tokens_per_block: int) -> None:
        self.tokens_per_block = tokens_per_block
        self.pool = BlockPool(num_pages)
        self.pages: List[List[int]] = [[0] * tokens_per_block for _ in range(num_pages)]
        self._blocks: Dict[int, List[int]] = {}
        self._reserved: Dict[int, int] = {}

    @property
    def num_unreserved_blocks(self) -> int:
        """Blocks that no running request will ever need."""
        return len(self.pool.page_ids) - sum(self._reserved.values())

    @property
    def num_used_blocks(self) -> int:
        return len(self.pool.page_ids) - self.pool.num_free

    def blocks_for(self, request: LlmRequest) -> int:
        """Blocks that the request needs at its longest."""
        tokens = request.prompt_len + request.py_max_new_tokens
        return -(-tokens // self.tokens_per_block)

    def prepare_resources(self, scheduled: ScheduledRequests) -> None:
        for request in scheduled.context_requests:
            self._reserved[request.py_request_id] = self.blocks_for(request)
            self._blocks[request.py_request_id] = [
                self.pool.allocate()
                for _ in range(-(-request.prompt_len // self.tokens_per_block))
            ]
        for request in scheduled.generation_requests:
            blocks = self._blocks[request.py_request_id]
            if len(request.get_tokens()) > len(blocks) * self.tokens_per_block:
                blocks.append(self.pool.allocate())

    def free_resources(self, request: LlmRequest) -> None:
        for block_id in self._blocks.pop(request.py_request_id, []):
            self.pool.release(block_id)
        self._reserved.pop(request.py_request_id, None)

    def get_batch_cache_indices(self, requests: List[LlmRequest]) -> List[List[int]]:
        """For each request the pages of its blocks, in the order of its tokens."""
        page_ids: List[int] = self.pool.page_ids
        indices: List[List[int]] = []
        for request in requests:
            row = []
            for block_id in self._blocks[request.py_request_id]:
                row.append(page_ids.index(block_id))
            indices.append(row)
        return indices

    def rebalance(self) -> int:
        """Compacts the pool and moves the pages' content along; returns how many moved."""
        moves = self.pool.compact()
        for source, target in moves:
            self.pages[target][:] = self.pages[source]
        if moves:
            accel.current_stream().launch(COPY_PAGE_S * len(moves))
        return len(moves)


class SeqSlotManager:
    """Numbers the sequences in flight, so that per-sequence buffers have a row for each."""

    def __init__(self, max_num_sequences: int) -> None:
        self._free_slots = list(range(max_num_sequences))
        self._slots: Dict[int, int] = {}

    def prepare_resources(self, scheduled: ScheduledRequests) -> None:
        for request in scheduled.all_requests():
            if request.py_seq_slot is None:
                request.py_seq_slot = heapq.heappop(self._free_slots)
                self._slots[request.py_request_id] = request.py_seq_slot

    def free_resources(self, request: LlmRequest) -> None:
        slot = self._slots.pop(request.py_request_id, None)
        if slot is not None:
            heapq.heappush(self._free_slots, slot)


class ResourceManager:
    """The managers by name, in the order in which they prepare a step."""

    def __init__(self, managers: Dict[str, object]) -> None:
        self.resource_managers = dict(managers)

    def prepare_resources(self, scheduled: ScheduledRequests) -> None:
        for manager in self.resource_managers.values():
            manager.prepare_resources(scheduled)

    def free_resources(self, request: LlmRequest) -> None:
        for manager in reversed(list(self.resource_managers.values())):
            manager.free_resources(request)

"""Requests on their way into the executor."""
from __future__ import annotations

from collections import deque
from typing import Deque, Iterable, List, Optional

from mini_executor.llm_request import LlmRequest


class RequestQueueItem:
    """A request, or the wish to cancel one."""

    __slots__ = ("id", "request", "is_canceled")

    def __init__(self, id: int, request: Optional[LlmRequest] = None,
                 is_canceled: bool = False) -> None:
        self.id = id
        self.request = request
        self.is_canceled = is_canceled


class ExecutorRequestQueue:
    """What clients put in; the executor fetches once per iteration.

    Requests wait in `waiting_queue` until there is room in the batch. The ids of cancelled
    requests are kept: a cancellation may arrive before its request does.
    """

    def __init__(self) -> None:
        self.request_queue: Deque[RequestQueueItem] = deque()
        self.waiting_queue: Deque[RequestQueueItem] = deque()
        self.canceled_req_ids: List[int] = []

    def enqueue_requests(self, requests: Iterable[LlmRequest]) -> None:
        self.request_queue.extend(RequestQueueItem(r.py_request_id, r) for r in requests)

    def enqueue_cancel_request(self, req_id: int) -> None:
        self.request_queue.append(RequestQueueItem(req_id, is_canceled=True))

    def fetch_requests(self) -> int:
        """Moves what has arrived into the waiting queue; returns how many requests did."""
        arrived = 0
        while self.request_queue:
            item = self.request_queue.popleft()
            if item.is_canceled:
                self.canceled_req_ids.append(item.id)
            else:
                self.waiting_queue.append(item)
                arrived += 1
        return arrived

    def update_waiting_queue(self) -> None:
        """Drops the waiting requests that were cancelled."""
        items = self.waiting_queue
        remaining = [item for item in items if item.id not in set(self.canceled_req_ids)]
        self.waiting_queue = deque(remaining)

    def pop_from_waiting_queue(self, max_items: int) -> List[LlmRequest]:
        """The next requests, in order of arrival."""
        popped: List[LlmRequest] = []
        while self.waiting_queue and len(popped) < max_items:
            popped.append(self.waiting_queue.popleft().request)
        return popped

    @property
    def num_waiting(self) -> int:
        return len(self.waiting_queue) + len(self.request_queue)

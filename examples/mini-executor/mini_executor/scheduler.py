"""Which requests run in the next step."""
from __future__ import annotations

from typing import List

from mini_executor.llm_request import LlmRequest, LlmRequestState


class ScheduledRequests:
    """The batch of one step: requests in their prompt phase, then those that generate."""

    def __init__(self, context_requests: List[LlmRequest],
                 generation_requests: List[LlmRequest]) -> None:
        self.context_requests = context_requests
        self.generation_requests = generation_requests

    def __repr__(self) -> str:
        return f"context: {self.context_requests}, generation: {self.generation_requests}"

    def all_requests(self) -> List[LlmRequest]:
        return self.context_requests + self.generation_requests

    @property
    def batch_size(self) -> int:
        return len(self.context_requests) + len(self.generation_requests)

    @property
    def num_context_tokens(self) -> int:
        return sum(request.prompt_len for request in self.context_requests)


class RequestScheduler:
    """Takes generating requests first; then prompts, while sequences, tokens and blocks last."""

    def __init__(self, max_batch_size: int, max_num_tokens: int, kv_cache_manager) -> None:
        self.max_batch_size = max_batch_size
        self.max_num_tokens = max_num_tokens
        self.kv_cache_manager = kv_cache_manager

    def schedule_request(self, active_requests: List[LlmRequest]) -> ScheduledRequests:
        generation_requests: List[LlmRequest] = []
        context_candidates: List[LlmRequest] = []
        for request in active_requests:
            if LlmRequestState(request.state_value) == LlmRequestState.CONTEXT_INIT:
                context_candidates.append(request)
            elif LlmRequestState(request.state_value) != LlmRequestState.GENERATION_COMPLETE:
                generation_requests.append(request)
        blocks_left = self.kv_cache_manager.num_unreserved_blocks
        context_requests: List[LlmRequest] = []
        tokens_left = self.max_num_tokens - len(generation_requests)
        for request in context_candidates:
            if len(context_requests) + len(generation_requests) >= self.max_batch_size:
                break
            blocks = self.kv_cache_manager.blocks_for(request)
            if request.prompt_len > tokens_left or blocks > blocks_left:
                break
            tokens_left -= request.prompt_len
            blocks_left -= blocks
            context_requests.append(request)
        return ScheduledRequests(context_requests, generation_requests)

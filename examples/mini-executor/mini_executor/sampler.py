"""From the model's outputs to new tokens."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Tuple

import accel
from accel import CPU, DEVICE, Event, Tensor
from mini_executor.llm_request import FinishReason, LlmRequest, LlmRequestState
from mini_executor.model_config import ModelConfig
from mini_executor.scheduler import ScheduledRequests

MASK = (1 << 61) - 1
SAMPLE_S = 12e-6
"""Device time of one sampling kernel."""
EOS_ONE_IN = 256
"""How often the model likes the end of the text best."""
NUM_CANDIDATES = 16
"""Candidates that the device hands over for each request that is not greedy."""


@dataclass(frozen=True)
class Strategy:
    """How a request samples. Requests with equal strategies share a kernel."""

    name: str
    top_k: int
    temperature: float


@dataclass
class SampleState:
    """A step's sampling, under way on the device until `sampler_event`."""

    requests: List[LlmRequest]
    new_tokens: Tensor
    candidates_host: Tensor
    sampler_event: Event


class Sampler:
    """Greedy on the device; for the others the device finds candidates and the host draws."""

    def __init__(self, model_config: ModelConfig) -> None:
        self.model_config = model_config
        self.num_text_tokens = model_config.vocab_size - model_config.num_reserved_tokens
        self._reserved_token_ids: List[int] = list(model_config.reserved_token_ids)

    def sample_async(self, scheduled: ScheduledRequests, outputs: Dict[str, Tensor]) -> SampleState:
        requests = scheduled.all_requests()
        hidden = outputs["hidden_states"]
        new_tokens = accel.zeros(len(requests), device=DEVICE)
        candidates = accel.zeros(len(requests) * NUM_CANDIDATES, device=DEVICE)
        for strategy, indices in self._group_requests_by_strategy(requests):
            if strategy.name == "greedy":
                accel.run_kernel(SAMPLE_S, lambda: self._argmax(hidden, new_tokens, indices))
            else:
                accel.run_kernel(SAMPLE_S, lambda: self._find_candidates(
                    hidden, candidates, indices, strategy))
        candidates_host = candidates.to(CPU, non_blocking=True)
        sampler_event = Event()
        sampler_event.record()
        return SampleState(requests, new_tokens, candidates_host, sampler_event)

    def update_requests(self, state: SampleState) -> None:
        """Waits for the step's sampling and gives each request its token."""
        state.sampler_event.synchronize()
        requests = state.requests
        new_tokens = [state.new_tokens[i].item() for i in range(len(requests))]
        self._draw_tokens(state, new_tokens)
        for request, token in zip(requests, new_tokens):
            request.add_new_token(token)
            request.py_decoding_iter += 1
            if request.is_context_init_state:
                request.state = LlmRequestState.GENERATION_IN_PROGRESS
            self._handle_stop_criteria(request, token)

    def _group_requests_by_strategy(
            self, requests: List[LlmRequest]) -> List[Tuple[Strategy, List[int]]]:
        strategies: List[Strategy] = []
        groups: List[List[int]] = []
        for i, request in enumerate(requests):
            strategy = self._strategy_of(request)
            if strategy not in strategies:
                strategies.append(strategy)
                groups.append([])
            groups[strategies.index(strategy)].append(i)
        return list(zip(strategies, groups))

    def _strategy_of(self, request: LlmRequest) -> Strategy:
        params = request.sampling_params
        if params.top_k == 1:
            return Strategy("greedy", 1, 1.0)
        return Strategy("top_k", params.top_k, params.temperature)

    def _argmax(self, hidden: Tensor, new_tokens: Tensor, indices: List[int]) -> None:
        for i in indices:
            value = hidden._data[i] >> 20
            ends = (value >> 24) % EOS_ONE_IN == 0
            new_tokens._data[i] = (self.model_config.eos_token_id if ends
                                   else 3 + value % (self.num_text_tokens - 3))

    def _find_candidates(self, hidden: Tensor, candidates: Tensor, indices: List[int],
                         strategy: Strategy) -> None:
        vocab_size = self.model_config.vocab_size
        for i in indices:
            value = hidden._data[i]
            for rank in range(min(strategy.top_k, NUM_CANDIDATES)):
                value = (value * 3202034522624059733 + 7) & MASK
                candidates._data[i * NUM_CANDIDATES + rank] = (value >> 20) % vocab_size + 1

    def _draw_tokens(self, state: SampleState, new_tokens: List[int]) -> None:
        """Draws for the requests that are not greedy, among candidates that are text."""
        rows = state.candidates_host.tolist()
        for i, request in enumerate(state.requests):
            params = request.sampling_params
            if params.top_k == 1:
                continue
            allowed = []
            for candidate in rows[i * NUM_CANDIDATES:(i + 1) * NUM_CANDIDATES]:
                token = candidate - 1
                if token < 0 or token in self._reserved_token_ids:
                    continue
                allowed.append(token)
            weights = self._weights(request, allowed)
            new_tokens[i] = self._draw(request, allowed, weights)

    def _weights(self, request: LlmRequest, allowed: List[int]) -> List[float]:
        """Weights by rank and temperature; tokens that the request has already get less."""
        params = request.sampling_params
        weights = [1.0 / (1.0 + rank / params.temperature) for rank in range(len(allowed))]
        if params.repetition_penalty != 1.0:
            counts: Dict[int, int] = {}
            for token in request.get_tokens():
                counts[token] = counts.get(token, 0) + 1
            for rank, token in enumerate(allowed):
                if token in counts:
                    weights[rank] /= params.repetition_penalty ** counts[token]
        return weights

    def _draw(self, request: LlmRequest, allowed: List[int], weights: List[float]) -> int:
        """One of the allowed tokens, the same for the same seed and position."""
        if not allowed:
            return request.py_end_id
        mixed = (request.sampling_params.seed * 0x9E3779B97F4A7C15
                 + request.get_num_tokens() * 0xC2B2AE3D27D4EB4F) & MASK
        target = (mixed >> 8) / (MASK >> 8) * sum(weights)
        for token, weight in zip(allowed, weights):
            target -= weight
            if target <= 0.0:
                return token
        return allowed[-1]

    def _handle_stop_criteria(self, request: LlmRequest, token: int) -> None:
        if self._meets_end_id(request, token):
            request.finish_by(FinishReason.END_ID)
        elif self._meets_stop_words(request):
            request.finish_by(FinishReason.STOP_WORDS)
        elif self._meets_max_tokens(request):
            request.finish_by(FinishReason.LENGTH)

    @staticmethod
    def _meets_end_id(request: LlmRequest, token: int) -> bool:
        return token == request.py_end_id

    @staticmethod
    def _meets_max_tokens(request: LlmRequest) -> bool:
        return request.get_num_tokens() - request.py_prompt_len >= request.py_max_new_tokens

    @staticmethod
    def _meets_stop_words(request: LlmRequest) -> bool:
        for words in request.py_stop_words:
            generated = request.get_tokens()[request.py_prompt_len:]
            if len(generated) >= len(words) and generated[-len(words):] == words:
                return True
        return False

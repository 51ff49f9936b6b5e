"""Requests as the executor sees them.

`BoundRequest` stands for the part that lives behind a binding: its properties and methods are
computed or copied at each access. What starts with `py_` is plain Python state of `LlmRequest`.
"""
from __future__ import annotations

import enum
from array import array
from dataclasses import dataclass
from typing import List, Optional


class LlmRequestState(enum.Enum):
    CONTEXT_INIT = 10
    GENERATION_IN_PROGRESS = 13
    GENERATION_TO_COMPLETE = 14
    GENERATION_COMPLETE = 20


class FinishReason(enum.Enum):
    NOT_FINISHED = 0
    END_ID = 1
    STOP_WORDS = 2
    LENGTH = 3
    CANCELLED = 5


@dataclass(frozen=True)
class SamplingParams:
    """What a client may ask for. `top_k` of 1 is greedy."""

    top_k: int = 1
    temperature: float = 1.0
    seed: int = 0
    repetition_penalty: float = 1.0
    max_tokens: int = 32
    end_id: int = 2
    stop_words: tuple = ()

    def __post_init__(self) -> None:
        if self.top_k < 1:
            raise ValueError(f"top_k is {self.top_k}; it must be at least 1")
        if self.max_tokens < 1:
            raise ValueError(f"max_tokens is {self.max_tokens}; it must be at least 1")


class BoundRequest:
    """The half of a request that other languages share."""

    def __init__(self, request_id: int, prompt: List[int], params: SamplingParams) -> None:
        self._request_id = request_id
        self._tokens = array("q", prompt)
        self._prompt_len = len(prompt)
        self._params = params
        self._state = LlmRequestState.CONTEXT_INIT.value
        self._finish_reason = FinishReason.NOT_FINISHED.value

    @property
    def request_id(self) -> int:
        return self._request_id

    @property
    def prompt_len(self) -> int:
        return self._prompt_len

    @property
    def sampling_params(self) -> SamplingParams:
        return self._params

    @property
    def state_value(self) -> int:
        return self._state

    @property
    def state(self) -> LlmRequestState:
        return LlmRequestState(self._state)

    @state.setter
    def state(self, state: LlmRequestState) -> None:
        self._state = state.value

    @property
    def is_context_init_state(self) -> bool:
        return LlmRequestState(self._state) == LlmRequestState.CONTEXT_INIT

    @property
    def is_finished(self) -> bool:
        return FinishReason(self._finish_reason) != FinishReason.NOT_FINISHED

    @property
    def finish_reason(self) -> FinishReason:
        return FinishReason(self._finish_reason)

    def set_finished_reason(self, reason: FinishReason) -> None:
        self._finish_reason = reason.value
        self._state = LlmRequestState.GENERATION_COMPLETE.value

    def get_num_tokens(self) -> int:
        return len(self._tokens)

    def get_tokens(self) -> List[int]:
        """All tokens, prompt first, as a list of the caller's own."""
        return self._tokens.tolist()

    def get_last_token(self) -> int:
        return self._tokens[-1]

    def add_new_token(self, token: int) -> int:
        self._tokens.append(token)
        return len(self._tokens)


class LlmRequest(BoundRequest):
    """A request in the executor, with what the Python side keeps for it."""

    def __init__(self, request_id: int, prompt: List[int], params: SamplingParams,
                 arrival_time: float = 0.0) -> None:
        super().__init__(request_id, prompt, params)
        self.py_request_id = request_id
        self.py_prompt_len = len(prompt)
        self.py_max_new_tokens = params.max_tokens
        self.py_end_id = params.end_id
        self.py_stop_words = [list(words) for words in params.stop_words]
        self.py_seq_slot: Optional[int] = None
        self.py_batch_idx: Optional[int] = None
        self.py_decoding_iter = 0
        self.py_arrival_time = arrival_time
        self.py_first_token_time: Optional[float] = None
        self.py_last_response_len = 0
        self.py_multimodal_data: Optional[dict] = None

    def __repr__(self) -> str:
        return (f"LlmRequest(request_id={self.request_id}, state={self.state.name}, "
                f"seq_slot={self.py_seq_slot}, decoding_iter={self.py_decoding_iter}, "
                f"params={self.sampling_params}, prompt_len={self.prompt_len}, "
                f"tokens={self.get_tokens()})")

    def finish_by(self, reason: FinishReason) -> None:
        self.set_finished_reason(reason)

    def will_complete_next_iteration(self) -> bool:
        return self.get_num_tokens() + 1 - self.py_prompt_len >= self.py_max_new_tokens

    def create_response(self, finished_at: float = 0.0) -> Optional["LlmResponse"]:
        """What is new since the last response; nothing if nothing is."""
        generated = self.get_num_tokens() - self.py_prompt_len
        if generated == self.py_last_response_len and not self.is_finished:
            return None
        tokens = self._tokens[self.py_prompt_len + self.py_last_response_len:].tolist()
        self.py_last_response_len = generated
        return LlmResponse(self.py_request_id, tokens, self.is_finished,
                           self.finish_reason, finished_at)


@dataclass
class LlmResponse:
    """The tokens of one step for one client."""

    request_id: int
    new_tokens: List[int]
    is_final: bool
    finish_reason: FinishReason
    time: float = 0.0

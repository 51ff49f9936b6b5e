"""From scheduled requests to the model's outputs."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, List, Optional

import accel
from accel import DEVICE, Tensor
from mini_executor.model_config import ModelConfig
from mini_executor.resource_manager import KVCacheManager
from mini_executor.scheduler import ScheduledRequests

MASK = (1 << 61) - 1
STEP_S = 320e-6
"""Device time of a step's layers, whatever the batch."""
PER_TOKEN_S = 0.5e-6


@dataclass
class AttentionMetadata:
    """What the attention kernels need beside the tokens."""

    seq_lens: Tensor
    block_tables: Tensor
    max_blocks_per_seq: int
    kv_bytes: int


@dataclass
class MultimodalParams:
    """Embeddings that replace tokens, and how many of them a request has seen already."""

    data: Optional[dict]
    num_past_tokens: int
    num_cached_pages: int


@dataclass
class StepInputs:
    """The inputs of one step, on the device: context requests first."""

    input_ids: Tensor
    position_ids: Tensor
    attn_metadata: AttentionMetadata
    multimodal_params: List[MultimodalParams]

    @property
    def num_tokens(self) -> int:
        return self.input_ids.numel()


class ModelEngine:
    """Runs the decoder for one batch.

    The layers are one kernel that folds a token into the sequence's state and keeps the state
    in the KV cache: what a step computes depends on every token before it, through the pages.
    """

    def __init__(self, model_config: ModelConfig, kv_cache_manager: KVCacheManager,
                 max_blocks_per_seq: int = 44) -> None:
        self.model_config = model_config
        self.kv_cache_manager = kv_cache_manager
        self.max_blocks_per_seq = max_blocks_per_seq
        self.last_kv_bytes = 0

    def forward(self, scheduled: ScheduledRequests) -> Dict[str, Tensor]:
        inputs = self._prepare_tp_inputs(scheduled)
        self.last_kv_bytes = inputs.attn_metadata.kv_bytes
        return self._forward_step(inputs)

    def _prepare_tp_inputs(self, scheduled: ScheduledRequests) -> StepInputs:
        """Packs the batch: all tokens of a prompt, or the last token of a generating request."""
        input_ids: List[int] = []
        position_ids: List[int] = []
        sequence_lengths: List[int] = []
        multimodal_params: List[MultimodalParams] = []
        kv_bytes = 0

        for request in scheduled.context_requests:
            tokens = request.get_tokens()
            for position in range(len(tokens)):
                input_ids.append(tokens[position])
                position_ids.append(position)
            sequence_lengths.append(len(tokens))
            kv_bytes += len(tokens) * self.model_config.kv_bytes_per_token

        for batch_idx, request in enumerate(scheduled.generation_requests):
            request.py_batch_idx = batch_idx + len(scheduled.context_requests)
            position = request.get_num_tokens() - 1
            if position >= self.model_config.max_position_embeddings:
                raise ValueError(f"request {request.py_request_id} is longer than the model takes")
            params = MultimodalParams(request.py_multimodal_data, position,
                                      position // self.kv_cache_manager.tokens_per_block)
            if request.py_multimodal_data is not None:
                multimodal_params.append(params)
            input_ids.append(request.get_tokens()[-1])
            position_ids.append(position)
            sequence_lengths.append(1)
            kv_bytes += (position + 1) * self.model_config.kv_bytes_per_token

        requests = scheduled.all_requests()
        block_tables = self.kv_cache_manager.get_batch_cache_indices(requests)
        padded = [row + [0] * (self.max_blocks_per_seq - len(row)) for row in block_tables]
        block_offsets = sum(padded, [])

        seq_lens_device = accel.tensor(sequence_lengths, device=DEVICE)
        input_ids_device = accel.tensor(input_ids, pin_memory=True).to(DEVICE, non_blocking=True)
        position_ids_device = accel.tensor(position_ids, pin_memory=True).to(
            DEVICE, non_blocking=True)
        block_offsets_device = accel.tensor(block_offsets, pin_memory=True).to(
            DEVICE, non_blocking=True)
        metadata = AttentionMetadata(seq_lens_device, block_offsets_device,
                                     self.max_blocks_per_seq, kv_bytes)
        return StepInputs(input_ids_device, position_ids_device, metadata, multimodal_params)

    def _forward_step(self, inputs: StepInputs) -> Dict[str, Tensor]:
        duration = STEP_S + PER_TOKEN_S * inputs.num_tokens
        hidden = accel.run_kernel(duration, lambda: self._run_layers(inputs))
        return {"hidden_states": Tensor(hidden, DEVICE)}

    def _run_layers(self, inputs: StepInputs) -> List[int]:
        """The kernel: runs on the device's memory, so it reads tensors without copying."""
        pages = self.kv_cache_manager.pages
        size = self.kv_cache_manager.tokens_per_block
        ids = inputs.input_ids._data
        positions = inputs.position_ids._data
        table = inputs.attn_metadata.block_tables._data
        width = inputs.attn_metadata.max_blocks_per_seq
        hidden = []
        first = 0
        for row, length in enumerate(inputs.attn_metadata.seq_lens._data):
            base = row * width
            position = positions[first]
            state = 0
            if position:
                state = pages[table[base + (position - 1) // size]][(position - 1) % size]
            for i in range(first, first + length):
                position = positions[i]
                state = (state * 6364136223846793005 + ids[i] * 2862933555777941757 + 1) & MASK
                pages[table[base + position // size]][position % size] = state
            hidden.append(state)
            first += length
        return hidden

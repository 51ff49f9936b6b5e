"""What the executor knows about the model."""
from __future__ import annotations

import operator
from dataclasses import dataclass, field
from typing import List

ATTENTION = "*"
MAMBA = "M"
MLP = "-"


def _reserved_tokens(vocab_size: int, count: int) -> List[int]:
    """The tokenizer's reserved special tokens: the last `count` ids of the vocabulary."""
    return [vocab_size - count + i for i in range(count)]


@dataclass
class ModelConfig:
    """A hybrid decoder: `layer_pattern` has one letter a layer."""

    vocab_size: int = 32_256
    num_reserved_tokens: int = 256
    eos_token_id: int = 2
    head_dim: int = 128
    dtype_bytes: int = 2
    max_position_embeddings: int = 4096
    layer_pattern: str = "M-M-M-M*-" + 9 * "M-M-M-M-M*-" + "M-M-M-M-M-"
    num_kv_heads_per_layer: List[int] = field(default_factory=list)
    head_dim_per_layer: List[int] = field(default_factory=list)
    reserved_token_ids: List[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.num_kv_heads_per_layer:
            self.num_kv_heads_per_layer = [8 if kind == ATTENTION else 0
                                           for kind in self.layer_pattern]
        if not self.head_dim_per_layer:
            self.head_dim_per_layer = [self.head_dim] * len(self.layer_pattern)
        if not self.reserved_token_ids:
            self.reserved_token_ids = _reserved_tokens(self.vocab_size, self.num_reserved_tokens)

    @property
    def kv_bytes_per_token(self) -> int:
        """Bytes that one token takes in the KV cache, over all layers."""
        sizes = map(operator.mul, self.num_kv_heads_per_layer, self.head_dim_per_layer)
        return 2 * self.dtype_bytes * sum(sizes)

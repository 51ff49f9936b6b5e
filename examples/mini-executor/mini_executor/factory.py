"""Puts an executor together."""
from __future__ import annotations

from dataclasses import dataclass, field

from mini_executor.distributed import Communicator, Mapping
from mini_executor.model_config import ModelConfig
from mini_executor.model_engine import ModelEngine
from mini_executor.py_executor import PyExecutor
from mini_executor.request_queue import ExecutorRequestQueue
from mini_executor.resource_manager import KVCacheManager, ResourceManager, SeqSlotManager
from mini_executor.sampler import Sampler
from mini_executor.scheduler import RequestScheduler


@dataclass
class ExecutorConfig:
    max_batch_size: int = 32
    max_num_tokens: int = 2048
    num_pages: int = 1332
    tokens_per_block: int = 5
    model: ModelConfig = field(default_factory=ModelConfig)


def create_py_executor(config: ExecutorConfig) -> PyExecutor:
    kv_cache_manager = KVCacheManager(config.num_pages, config.tokens_per_block)
    resource_manager = ResourceManager({
        "kv_cache_manager": kv_cache_manager,
        "seq_slot_manager": SeqSlotManager(config.max_batch_size),
    })
    return PyExecutor(
        request_queue=ExecutorRequestQueue(),
        scheduler=RequestScheduler(config.max_batch_size, config.max_num_tokens,
                                   kv_cache_manager),
        resource_manager=resource_manager,
        model_engine=ModelEngine(config.model, kv_cache_manager),
        sampler=Sampler(config.model),
        dist=Communicator(Mapping()),
    )

"""vLLM's EngineCore on a CPU, with its scheduler, KV cache manager and request queue as they are and the model
replaced by a table of tokens. Packages that vLLM imports and these parts do not need are stood in for."""
import os
import random
import sys
import types
import warnings
from concurrent.futures import Future
from pathlib import Path

from stand_ins import stand_in

ROOT = Path(__file__).resolve().parents[1]
stand_in("openai_harmony", "pybase64", "uvloop", "llguidance", "xgrammar")
os.environ.setdefault("VLLM_LOGGING_LEVEL", "ERROR")
warnings.filterwarnings("ignore")
sys.path.insert(0, str(ROOT))
# Without its `__init__`, which loads the platforms and all models.
package = types.ModuleType("vllm")
package.__path__ = [str(ROOT / "vllm")]
sys.modules["vllm"] = package

import torch
import vllm.model_executor.models.registry as registry
from vllm.config import CacheConfig, DeviceConfig, ModelConfig, ParallelConfig, SchedulerConfig, VllmConfig
from vllm.sampling_params import SamplingParams
from vllm.v1.engine.core import EngineCore
from vllm.v1.kv_cache_interface import FullAttentionSpec
from vllm.v1.outputs import ModelRunnerOutput
from vllm.v1.request import Request

registry._run_in_subprocess = lambda function: function()


class TableExecutor:
    """Answers each scheduled request with the next token of a fixed table."""

    supported_tasks = ("generate",)

    def __init__(self, config):
        rng = random.Random(1)
        self.tokens = [rng.randrange(5, 50000) for _ in range(4096)]
        self.turn = 0

    def register_failure_callback(self, callback):
        pass

    def get_kv_cache_specs(self):
        spec = FullAttentionSpec(block_size=16, num_kv_heads=12, head_size=64, dtype=torch.float16)
        return [{"layer.%d" % i: spec for i in range(12)}]

    def determine_available_memory(self):
        return [4 * 2**30]

    def initialize_from_config(self, config):
        pass

    def compile_or_warm_up_model(self):
        pass

    def get_kv_connector_handshake_metadata(self):
        return None

    def take_draft_token_ids(self):
        return None

    def execute_model(self, output, non_block=False):
        ids = list(output.num_scheduled_tokens)
        sampled = []
        for _ in ids:
            self.turn = (self.turn + 1) & 4095
            sampled.append([self.tokens[self.turn]])
        done = Future()
        done.set_result(ModelRunnerOutput(
            req_ids=ids, req_id_to_index={r: i for i, r in enumerate(ids)}, sampled_token_ids=sampled))
        return done


def make_core():
    model = str(ROOT / "model")
    config = VllmConfig(
        model_config=ModelConfig(model=model, tokenizer=model, skip_tokenizer_init=True, dtype="float16", seed=1),
        scheduler_config=SchedulerConfig(
            max_num_seqs=128, max_num_batched_tokens=4096, max_model_len=2048, enable_chunked_prefill=True,
            is_encoder_decoder=False, async_scheduling=False),
        cache_config=CacheConfig(
            block_size=16, gpu_memory_utilization=0.9, cache_dtype="auto", enable_prefix_caching=True),
        device_config=DeviceConfig("cpu"), parallel_config=ParallelConfig())
    return EngineCore(config, TableExecutor, log_stats=True)


def request(core, name, ids, most):
    params = SamplingParams(max_tokens=most, ignore_eos=True)
    params.update_from_generation_config({}, 2)
    core.scheduler.add_request(Request(name, ids, params, None, block_hasher=core.request_block_hasher))


class Load:
    """Keeps `width` requests in flight: shared prefixes, 70 to 600 prompt tokens, 16 to 63 output tokens."""

    def __init__(self, width=96, seed=7):
        self.core = make_core()
        self.width = width
        self.made = 0
        self.rng = random.Random(seed)
        self.prefix = [self.rng.randrange(5, 50000) for _ in range(400)]

    def add(self):
        self.made += 1
        rng = self.rng
        own = [rng.randrange(5, 50000) for _ in range(rng.randrange(20, 200))]
        ids = self.prefix[:rng.randrange(50, 400)] + own
        request(self.core, str(self.made), ids, rng.randrange(16, 64))

    def step(self):
        while len(self.core.scheduler.requests) < self.width:
            self.add()
        return self.core.step_fn()[0]

import pytest

from mini_executor.factory import ExecutorConfig, create_py_executor
from mini_executor.llm_request import LlmRequest, SamplingParams


@pytest.fixture
def executor():
    return create_py_executor(ExecutorConfig(max_batch_size=4, num_pages=64, tokens_per_block=4))


@pytest.fixture
def make_request():
    def make(request_id=1, prompt=(11, 12, 13, 14, 15), **params):
        params.setdefault("max_tokens", 6)
        return LlmRequest(request_id, list(prompt), SamplingParams(**params))

    return make

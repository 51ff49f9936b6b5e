import pytest

from mini_executor.llm_request import LlmRequestState
from mini_executor.model_config import ModelConfig
from mini_executor.model_engine import ModelEngine
from mini_executor.resource_manager import KVCacheManager
from mini_executor.scheduler import ScheduledRequests


@pytest.fixture
def engine():
    return ModelEngine(ModelConfig(), KVCacheManager(32, 4), max_blocks_per_seq=4)


def forward(engine, context=(), generation=()):
    scheduled = ScheduledRequests(list(context), list(generation))
    engine.kv_cache_manager.prepare_resources(scheduled)
    return engine.forward(scheduled)["hidden_states"].tolist()


def test_a_batch_is_packed_prompts_first(engine, make_request):
    old = make_request(1, prompt=(21, 22))
    forward(engine, context=[old])
    old.add_new_token(23)
    new = make_request(2, prompt=(31, 32, 33, 34, 35))
    scheduled = ScheduledRequests([new], [old])
    engine.kv_cache_manager.prepare_resources(scheduled)
    inputs = engine._prepare_tp_inputs(scheduled)
    assert inputs.input_ids.tolist() == [31, 32, 33, 34, 35, 23]
    assert inputs.position_ids.tolist() == [0, 1, 2, 3, 4, 2]
    assert inputs.attn_metadata.seq_lens.tolist() == [5, 1]
    assert inputs.attn_metadata.block_tables.tolist() == [1, 2, 0, 0, 0, 0, 0, 0]
    assert old.py_batch_idx == 1


def test_step_by_step_equals_the_prompt_at_once(engine, make_request):
    whole = forward(engine, context=[make_request(1, prompt=(4, 5, 6, 7, 8, 9))])
    request = make_request(2, prompt=(4, 5, 6))
    forward(engine, context=[request])
    for token in (7, 8, 9):
        request.add_new_token(token)
        last = forward(engine, generation=[request])
    assert last == whole


def test_a_rebalance_between_steps_changes_nothing(engine, make_request):
    first, second = make_request(1), make_request(2, prompt=(4, 5, 6, 7, 8))
    forward(engine, context=[first, second])
    second.add_new_token(9)
    expected = forward(engine, generation=[second])
    other = ModelEngine(ModelConfig(), KVCacheManager(32, 4), max_blocks_per_seq=4)
    first, second = make_request(1), make_request(2, prompt=(4, 5, 6, 7, 8))
    forward(other, context=[first, second])
    other.kv_cache_manager.free_resources(first)
    assert other.kv_cache_manager.rebalance() > 0
    second.add_new_token(9)
    assert forward(other, generation=[second]) == expected


def test_kv_bytes_count_every_cached_token(engine, make_request):
    request = make_request(1)
    forward(engine, context=[request])
    per_token = 10 * 2 * 8 * 128 * 2
    assert engine.last_kv_bytes == 5 * per_token
    request.add_new_token(1)
    request.state = LlmRequestState.GENERATION_IN_PROGRESS
    forward(engine, context=[make_request(2, prompt=(1, 2))], generation=[request])
    assert engine.last_kv_bytes == (6 + 2) * per_token


def test_a_sequence_longer_than_the_model_takes_is_refused(make_request):
    engine = ModelEngine(ModelConfig(max_position_embeddings=5), KVCacheManager(32, 4), 4)
    request = make_request(1)
    forward(engine, context=[request])
    request.add_new_token(1)
    with pytest.raises(ValueError, match="longer than the model takes"):
        forward(engine, generation=[request])

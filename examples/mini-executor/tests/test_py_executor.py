import json
import logging

import pytest

import bench
from mini_executor.factory import ExecutorConfig, create_py_executor
from mini_executor.llm_request import FinishReason
from mini_executor.model_engine import STEP_S


def tokens_of(executor, request_id):
    return [token for response in executor.responses[request_id] for token in response.new_tokens]


def test_every_request_gets_its_tokens_in_order_and_an_end(executor, make_request):
    requests = [make_request(i, prompt=range(3, 8 + i), max_tokens=5 + i) for i in range(9)]
    executor.enqueue_requests(requests)
    executor.event_loop()
    for request in requests:
        assert tokens_of(executor, request.py_request_id) == request.get_tokens()[request.prompt_len:]
        finals = [r.is_final for r in executor.responses[request.py_request_id]]
        assert finals == [False] * (len(finals) - 1) + [True]


def test_responses_stream_one_token_a_step(executor, make_request):
    executor.enqueue_requests([make_request(1, max_tokens=4)])
    executor.event_loop()
    assert [len(r.new_tokens) for r in executor.responses[1]] == [1, 1, 1, 1]


def test_tokens_do_not_depend_on_the_batch():
    together = create_py_executor(ExecutorConfig())
    requests, _ = bench.make_requests(24, seed=5)
    together.enqueue_requests(requests)
    together.event_loop()
    for alone_request in bench.make_requests(24, seed=5)[0][::3]:
        alone = create_py_executor(ExecutorConfig())
        alone.enqueue_requests([alone_request])
        alone.event_loop()
        request_id = alone_request.py_request_id
        assert tokens_of(together, request_id) == tokens_of(alone, request_id)


def test_tokens_are_the_known_ones(request):
    executor = create_py_executor(ExecutorConfig())
    executor.enqueue_requests(bench.make_requests(8, seed=5)[0])
    executor.event_loop()
    lines = [f"{i} {' '.join(map(str, tokens_of(executor, i)))}" for i in sorted(executor.responses)]
    expected = (request.path.parent / "expected_tokens.txt").read_text().splitlines()
    assert lines == expected


def test_a_canceled_running_request_ends_as_canceled(executor, make_request):
    requests = [make_request(i, max_tokens=20) for i in (1, 2)]
    executor.enqueue_requests(requests)
    for _ in range(4):
        executor._executor_iteration()
    executor.cancel_request(1)
    executor.event_loop()
    assert executor.responses[1][-1].finish_reason == FinishReason.CANCELLED
    assert 1 <= len(tokens_of(executor, 1)) < 20
    assert len(tokens_of(executor, 2)) == 20


def test_a_canceled_waiting_request_never_answers(executor, make_request):
    executor.enqueue_requests([make_request(i) for i in range(6)])
    executor.cancel_request(5)
    executor.event_loop()
    assert sorted(executor.responses) == [0, 1, 2, 3, 4]


def test_everything_is_given_back_at_the_end(executor, make_request):
    executor.enqueue_requests([make_request(i) for i in range(9)])
    executor.event_loop()
    assert executor.kv_cache_manager.num_used_blocks == 0
    assert executor.active_requests == []


def test_statistics_tell_each_iteration_once(executor, make_request):
    executor.enqueue_requests([make_request(i, max_tokens=3) for i in range(3)])
    executor.event_loop()
    records = [json.loads(line) for line in executor.get_latest_iteration_stats()]
    assert [r["iteration"] for r in records] == [0, 1, 2]
    assert [r["num_context_requests"] for r in records] == [3, 0, 0]
    assert [r["num_generation_requests"] for r in records] == [0, 3, 3]
    assert [r["requests"][0]["num_generated"] for r in records] == [1, 2, 3]
    assert executor.get_latest_iteration_stats() == []


def test_statistics_are_of_their_time(executor, make_request):
    executor.enqueue_requests([make_request(1, max_tokens=2)])
    executor.event_loop()
    records = [json.loads(line) for line in executor.get_latest_iteration_stats()]
    assert [r["requests"][0]["state"] for r in records] == [
        "GENERATION_TO_COMPLETE", "GENERATION_COMPLETE"]


def test_forward_time_covers_the_work_on_the_device(executor, make_request):
    executor.enqueue_requests([make_request(i) for i in range(4)])
    executor.event_loop()
    records = [json.loads(line) for line in executor.get_latest_iteration_stats()]
    assert min(r["gpu_forward_time_ms"] for r in records) >= STEP_S * 1e3


def test_debug_logs_show_requests_and_responses(executor, make_request, caplog):
    caplog.set_level(logging.DEBUG, logger="mini_executor.py_executor")
    executor.enqueue_requests([make_request(41, max_tokens=2)])
    executor.event_loop()
    assert "active requests = [LlmRequest(request_id=41" in caplog.text
    assert "scheduled context: [LlmRequest(request_id=41" in caplog.text
    assert "responses = [(41, LlmResponse(request_id=41" in caplog.text


@pytest.mark.parametrize("count", [1, 5])
def test_an_executor_can_be_used_again(executor, make_request, count):
    for round_number in range(2):
        first = round_number * 100
        executor.enqueue_requests([make_request(first + i) for i in range(count)])
        executor.event_loop()
    assert len(executor.responses) == 2 * count

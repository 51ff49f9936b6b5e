from mini_executor.llm_request import FinishReason, LlmRequestState
from mini_executor.resource_manager import KVCacheManager
from mini_executor.scheduler import RequestScheduler


def ids(requests):
    return [request.py_request_id for request in requests]


def generating(request):
    request.state = LlmRequestState.GENERATION_IN_PROGRESS
    return request


def test_generating_requests_go_first(make_request):
    scheduler = RequestScheduler(2, 100, KVCacheManager(32, 4))
    active = [make_request(1), generating(make_request(2)), make_request(3)]
    scheduled = scheduler.schedule_request(active)
    assert ids(scheduled.generation_requests) == [2]
    assert ids(scheduled.context_requests) == [1]


def test_a_request_in_its_last_step_still_runs(make_request):
    request = make_request(1)
    request.state = LlmRequestState.GENERATION_TO_COMPLETE
    scheduled = RequestScheduler(4, 100, KVCacheManager(32, 4)).schedule_request([request])
    assert ids(scheduled.generation_requests) == [1]


def test_a_finished_request_does_not_run(make_request):
    request = make_request(1)
    request.finish_by(FinishReason.LENGTH)
    assert RequestScheduler(4, 100, KVCacheManager(32, 4)).schedule_request([request]).batch_size == 0


def test_prompts_stop_at_the_token_limit(make_request):
    scheduler = RequestScheduler(8, 11, KVCacheManager(32, 4))
    scheduled = scheduler.schedule_request([make_request(i) for i in (1, 2, 3)])
    assert ids(scheduled.context_requests) == [1, 2]
    assert scheduled.num_context_tokens == 10


def test_prompts_stop_when_blocks_for_their_whole_length_run_out(make_request):
    scheduler = RequestScheduler(8, 100, KVCacheManager(5, 4))
    scheduled = scheduler.schedule_request([make_request(i, max_tokens=6) for i in (1, 2)])
    assert ids(scheduled.context_requests) == [1]

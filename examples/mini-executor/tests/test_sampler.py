import pytest

import accel
from accel import DEVICE, Tensor
from mini_executor.llm_request import FinishReason, LlmRequestState
from mini_executor.model_config import ModelConfig
from mini_executor.sampler import Sampler
from mini_executor.scheduler import ScheduledRequests

# Spread like the model's states.
STATES = [(i + 1) * 2_862_933_555_777_941_757 % (1 << 61) for i in range(64)]


def sample(requests, states, config=None, device_seconds=0.0):
    sampler = Sampler(config or ModelConfig())
    accel.run_kernel(device_seconds, lambda: None)
    state = sampler.sample_async(ScheduledRequests([], list(requests)),
                                 {"hidden_states": Tensor(list(states), DEVICE)})
    sampler.update_requests(state)
    return [request.get_last_token() for request in requests]


def test_tokens_of_a_mixed_batch_are_those_of_each_request_alone(make_request):
    kinds = [dict(), dict(top_k=8, seed=3), dict(top_k=16, seed=4, temperature=0.7), dict(),
             dict(top_k=8, seed=5, repetition_penalty=1.2)]
    together = sample([make_request(i, **kind) for i, kind in enumerate(kinds)], STATES[:5])
    alone = [sample([make_request(i, **kind)], [STATES[i]])[0] for i, kind in enumerate(kinds)]
    assert together == alone


def test_tokens_are_those_of_this_step_even_if_the_device_is_late(make_request):
    kinds = [dict(), dict(top_k=8, seed=3), dict(top_k=16, seed=4)]
    at_once = sample([make_request(i, **kind) for i, kind in enumerate(kinds)], STATES[:3])
    late = sample([make_request(i, **kind) for i, kind in enumerate(kinds)], STATES[:3],
                  device_seconds=0.02)
    assert late == at_once


def test_reserved_tokens_are_never_drawn(make_request):
    config = ModelConfig(vocab_size=64, num_reserved_tokens=48)
    requests = [make_request(i, top_k=16, seed=i) for i in range(64)]
    tokens = sample(requests, STATES, config)
    assert not set(tokens) & set(config.reserved_token_ids)
    assert len(set(tokens)) > 5


def test_reserved_tokens_need_not_be_the_last_of_the_vocabulary(make_request):
    config = ModelConfig(vocab_size=48, reserved_token_ids=[5, 6, 7, 30, 31])
    tokens = sample([make_request(i, top_k=16, seed=i) for i in range(64)], STATES, config)
    assert not set(tokens) & {5, 6, 7, 30, 31}


def test_a_request_without_any_allowed_candidate_ends(make_request):
    config = ModelConfig(vocab_size=64, reserved_token_ids=list(range(64)))
    request = make_request(1, top_k=8)
    assert sample([request], STATES[:1], config) == [request.py_end_id]
    assert request.finish_reason == FinishReason.END_ID


def test_a_repetition_penalty_makes_repetition_rarer(make_request):
    config = ModelConfig(vocab_size=40, reserved_token_ids=[0])

    def repeated(penalty):
        requests = [make_request(i, prompt=range(3, 12), top_k=16, seed=i,
                                 repetition_penalty=penalty) for i in range(64)]
        return sum(3 <= token < 12 for token in sample(requests, STATES, config))

    assert repeated(8.0) < repeated(1.0)


def test_a_penalty_counts_what_was_generated_as_well(make_request):
    config = ModelConfig(vocab_size=40, reserved_token_ids=[0])

    def repeated(penalty):
        requests = []
        for i in range(64):
            request = make_request(i, prompt=(1,), top_k=16, seed=i, repetition_penalty=penalty,
                                   max_tokens=99)
            for token in range(3, 20):
                request.add_new_token(token)
            requests.append(request)
        return sum(3 <= token < 20 for token in sample(requests, STATES, config))

    assert repeated(8.0) < repeated(1.0)


@pytest.mark.parametrize("top_k", [1, 8])
def test_the_first_token_ends_the_prompt_phase(make_request, top_k):
    request = make_request(1, top_k=top_k)
    sample([request], STATES[:1])
    assert request.state == LlmRequestState.GENERATION_IN_PROGRESS
    assert request.py_decoding_iter == 1


def test_a_request_ends_at_its_length(make_request):
    request = make_request(1, max_tokens=1)
    sample([request], STATES[:1])
    assert request.finish_reason == FinishReason.LENGTH


def test_a_request_ends_at_its_stop_words(make_request):
    token = sample([make_request(1)], STATES[:1])[0]
    request = make_request(1, stop_words=((99, 98), (77, token)), max_tokens=9)
    request.add_new_token(77)
    sample([request], STATES[:1])
    assert request.finish_reason == FinishReason.STOP_WORDS


def test_stop_words_in_the_prompt_do_not_count(make_request):
    token = sample([make_request(1)], STATES[:1])[0]
    request = make_request(1, prompt=(5, 77), stop_words=((77, token),), max_tokens=9)
    sample([request], STATES[:1])
    assert not request.is_finished

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "workload"))
from engine import Load, make_core, request


def run(load, steps):
    seen, finished = {}, {}
    for _ in range(steps):
        for outputs in (load.step() or {}).values():
            for output in outputs.outputs:
                seen.setdefault(output.request_id, []).extend(output.new_token_ids)
                if output.finish_reason is not None:
                    finished[output.request_id] = str(output.finish_reason).lower()
    return seen, finished


def test_every_request_gets_exactly_its_tokens():
    load = Load(width=24)
    wanted = {}
    add = load.core.scheduler.add_request

    def noted(made):
        wanted[made.request_id] = made.max_tokens
        add(made)

    load.core.scheduler.add_request = noted
    seen, finished = run(load, 200)
    assert len(finished) > 40
    for name, why in finished.items():
        assert len(seen[name]) == wanted[name] and "length" in why


def test_two_runs_with_one_seed_are_equal():
    assert run(Load(width=16), 120) == run(Load(width=16), 120)


def test_blocks_come_back_when_requests_end():
    core = make_core()
    pool = core.scheduler.kv_cache_manager.block_pool
    free = pool.get_num_free_blocks()
    for i in range(8):
        request(core, str(i), list(range(100 + i, 400 + i)), 12)
    while core.scheduler.has_unfinished_requests():
        core.step_fn()
    core.step_fn()
    assert pool.get_num_free_blocks() == free


def test_a_shared_prefix_is_computed_once():
    core = make_core()
    prompt = list(range(10, 330))
    request(core, "a", prompt, 4)
    while core.scheduler.has_unfinished_requests():
        core.step_fn()
    request(core, "b", prompt, 4)
    assert core.scheduler.schedule().num_scheduled_tokens["b"] < len(prompt) // 4

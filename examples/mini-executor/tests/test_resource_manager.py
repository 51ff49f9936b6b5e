import pytest

from mini_executor.resource_manager import FREE, BlockPool, KVCacheManager, SeqSlotManager
from mini_executor.scheduler import ScheduledRequests


def test_a_pool_hands_out_the_lowest_free_page():
    pool = BlockPool(3)
    first, second = pool.allocate(), pool.allocate()
    pool.release(first)
    third = pool.allocate()
    assert pool.page_ids == [third, second, FREE]


def test_an_exhausted_pool_says_so():
    pool = BlockPool(1)
    pool.allocate()
    with pytest.raises(RuntimeError, match="no free page"):
        pool.allocate()


def test_compaction_closes_the_gaps():
    pool = BlockPool(6)
    blocks = [pool.allocate() for _ in range(5)]
    pool.release(blocks[0])
    pool.release(blocks[2])
    assert pool.compact() == [(4, 0), (3, 2)]
    assert pool.page_ids == [blocks[4], blocks[1], blocks[3], FREE, FREE, FREE]
    assert pool.num_free == 3


def started(manager, *requests):
    manager.prepare_resources(ScheduledRequests(list(requests), []))
    return list(requests)


def test_each_request_has_pages_of_its_own(make_request):
    manager = KVCacheManager(16, 4)
    requests = started(manager, make_request(1), make_request(2))
    assert manager.get_batch_cache_indices(requests) == [[0, 1], [2, 3]]


def test_pages_come_in_the_order_of_the_requests_asked_for(make_request):
    manager = KVCacheManager(16, 4)
    first, second = started(manager, make_request(1), make_request(2))
    assert manager.get_batch_cache_indices([second, first]) == [[2, 3], [0, 1]]


def test_a_growing_request_gets_its_next_block_in_time(make_request):
    manager = KVCacheManager(16, 4)
    (request,) = started(manager, make_request(1, prompt=(1, 2, 3, 4)))
    request.add_new_token(5)
    manager.prepare_resources(ScheduledRequests([], [request]))
    assert manager.get_batch_cache_indices([request]) == [[0, 1]]


def test_pages_follow_a_rebalance(make_request):
    manager = KVCacheManager(16, 4)
    first, second, third = started(manager, make_request(1), make_request(2), make_request(3))
    assert manager.get_batch_cache_indices([second, third]) == [[2, 3], [4, 5]]
    manager.pages[5][0] = 77
    manager.free_resources(first)
    assert manager.rebalance() == 2
    assert manager.get_batch_cache_indices([second, third]) == [[2, 3], [1, 0]]
    assert manager.pages[0][0] == 77


def test_freed_blocks_and_reservations_come_back(make_request):
    manager = KVCacheManager(16, 4)
    (request,) = started(manager, make_request(1, max_tokens=6))
    assert manager.num_unreserved_blocks == 13
    manager.free_resources(request)
    assert manager.num_unreserved_blocks == 16
    assert manager.num_used_blocks == 0


def test_a_sequence_keeps_its_slot_until_it_ends(make_request):
    manager = SeqSlotManager(2)
    first, second = make_request(1), make_request(2)
    manager.prepare_resources(ScheduledRequests([first, second], []))
    manager.prepare_resources(ScheduledRequests([], [second, first]))
    assert (first.py_seq_slot, second.py_seq_slot) == (0, 1)
    manager.free_resources(first)
    third = make_request(3)
    manager.prepare_resources(ScheduledRequests([third], [second]))
    assert third.py_seq_slot == 0

from mini_executor.request_queue import ExecutorRequestQueue


def waiting_ids(queue):
    return [item.id for item in queue.waiting_queue]


def test_requests_leave_in_order_of_arrival(make_request):
    queue = ExecutorRequestQueue()
    queue.enqueue_requests(make_request(i) for i in (5, 3, 9))
    assert queue.fetch_requests() == 3
    assert [r.py_request_id for r in queue.pop_from_waiting_queue(2)] == [5, 3]
    assert waiting_ids(queue) == [9]


def test_a_canceled_request_waits_no_longer(make_request):
    queue = ExecutorRequestQueue()
    queue.enqueue_requests(make_request(i) for i in (1, 2, 3))
    queue.enqueue_cancel_request(2)
    queue.fetch_requests()
    queue.update_waiting_queue()
    assert waiting_ids(queue) == [1, 3]


def test_a_cancellation_may_come_before_its_request(make_request):
    queue = ExecutorRequestQueue()
    queue.enqueue_cancel_request(2)
    queue.fetch_requests()
    queue.update_waiting_queue()
    queue.enqueue_requests([make_request(2), make_request(4)])
    queue.fetch_requests()
    queue.update_waiting_queue()
    assert waiting_ids(queue) == [4]


def test_later_cancellations_count_as_well(make_request):
    queue = ExecutorRequestQueue()
    queue.enqueue_requests(make_request(i) for i in (1, 2, 3))
    queue.enqueue_cancel_request(1)
    queue.fetch_requests()
    queue.update_waiting_queue()
    queue.enqueue_cancel_request(3)
    queue.fetch_requests()
    queue.update_waiting_queue()
    assert waiting_ids(queue) == [2]
    assert queue.num_waiting == 1

"""The sample's benchmark with a part that is left to threads and to chance: clients put their
requests in from three threads while the executor works, at random moments, and a monitor reads
statistics meanwhile. No two launches schedule the same."""
import random
import sys
import threading
import time

sys.argv = sys.argv[:1]
import bench
from mini_executor.factory import ExecutorConfig, create_py_executor


def main():
    requests, canceled = bench.make_requests(120, 20)
    executor = create_py_executor(ExecutorConfig())
    done = threading.Event()
    chance = random.Random(time.time_ns())

    def client(mine):
        for request in mine:
            time.sleep(chance.random() / 200)
            executor.enqueue_requests([request])
            if chance.random() < 0.3:
                executor.cancel_request(request.py_request_id)

    def monitor():
        while not done.wait(0.01):
            executor.get_latest_iteration_stats()

    clients = [threading.Thread(target=client, args=(requests[i::3],)) for i in range(3)]
    watcher = threading.Thread(target=monitor)
    for each in clients + [watcher]:
        each.start()
    while any(each.is_alive() for each in clients) or executor._executor_iteration():
        executor._executor_iteration()
    done.set()
    watcher.join()
    print(len(executor.responses), "answered")


if __name__ == "__main__":
    main()

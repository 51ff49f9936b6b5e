"""An engine of 60 steps (or as many as the arguments say) in which every step does the same known things."""
import gc
import json
import logging
import os
import pickle
import queue
import sys
import threading
import time

log = logging.getLogger("steps")


class Request:
    pass


class Engine:
    def __init__(self):
        self.requests = queue.Queue()
        self.one = Request()

    def step(self, number):
        log.debug("step %d", number)  # off
        self.requests.put(number)
        self.requests.get()
        for i in range(4):
            self.key(i % 2)  # twice the same in a step
        kept = self.limit()
        data = pickle.dumps(list(range(100)))
        pickle.loads(data)
        if number % 10 == 0:
            gc.collect()
        self.lookup()
        self.busy(0.004)
        time.sleep(0.002)
        return kept

    def key(self, i):
        return (i, "x")

    def limit(self):
        return 64

    def lookup(self):
        try:
            return {}["absent"]
        except KeyError:
            return None

    def busy(self, seconds):
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            pass


def poll(stop):
    while not stop.is_set():
        time.sleep(0.01)


def main():
    steps = int(next((word for word in sys.argv[1:] if word.isdigit()), "60"))
    stop = threading.Event()
    threading.Thread(target=poll, args=(stop,), name="poller", daemon=True).start()
    if "--child" in sys.argv:
        pid = os.fork()
    else:
        pid = -1
    engine = Engine()
    for number in range(steps):
        engine.step(number)
    if pid == 0:
        os._exit(0)
    if pid > 0:
        os.waitpid(pid, 0)
    stop.set()
    print(json.dumps({"steps": steps}))


main()

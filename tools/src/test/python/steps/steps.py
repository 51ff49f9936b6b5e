"""An engine of 60 steps (or as many as the arguments say) in which every step does the same known things."""
import gc
import json
import logging
import multiprocessing
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
        self.batch = [Request() for _ in range(3)]
        self.lock = threading.Lock()
        self.wanted = threading.Event()
        self.held = threading.Event()

    def step(self, number):
        log.debug("step %d", number)  # off
        self.requests.put(number)
        self.requests.get()
        for i in range(4):
            self.key(i % 2)  # twice the same in a step
        kept = self.limit()
        self.prepare(number)
        if "--locks" in sys.argv:
            self.contend()
        data = pickle.dumps(list(range(100)))
        pickle.loads(data)
        if number % 10 == 0:
            gc.collect()
        self.lookup()
        os.getenv("STEPS_FLAG")
        os.path.expanduser("~")  # reads HOME in the standard library
        self.busy(0.004)
        time.sleep(0.002)
        return kept

    def key(self, i):
        return (i, "x")

    def limit(self):
        return 64

    def prepare(self, number):
        total = 0
        for request in self.batch:  # always the same three
            total += 1
        for n in [number, number + 1]:  # never the same two
            total += n
        return total

    def contend(self):
        self.wanted.set()
        self.held.wait()
        self.held.clear()
        with self.lock:
            pass

    def hold(self):
        while self.wanted.wait():
            self.wanted.clear()
            with self.lock:
                self.held.set()
                time.sleep(0.002)

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


def run(steps):
    engine = Engine()
    for number in range(steps):
        engine.step(number)


def main():
    steps = int(next((word for word in sys.argv[1:] if word.isdigit()), "60"))
    stop = threading.Event()
    threading.Thread(target=poll, args=(stop,), name="poller", daemon=True).start()
    if "--spawn" in sys.argv:
        context = multiprocessing.get_context("spawn")
        child = context.Process(target=run, args=(steps,))
        child.start()
        child.join()
    if "--child" in sys.argv:
        pid = os.fork()
    else:
        pid = -1
    engine = Engine()
    if "--locks" in sys.argv:
        threading.Thread(target=engine.hold, name="holder", daemon=True).start()
    for number in range(steps):
        engine.step(number)
    if pid == 0:
        os._exit(0)
    if pid > 0:
        os.waitpid(pid, 0)
    stop.set()
    print(json.dumps({"steps": steps}))


if __name__ == "__main__":
    main()

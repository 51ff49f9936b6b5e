"""A program that knows where its own time goes: it reads the clock around each of its calls.

Nothing is calibrated beforehand. The machine takes the processor away at the same places of a step
again and again, and a sampler stops the program, so only what this very run measured is the truth.
`--seconds S` is how long each process runs; each prints one line of JSON: its seconds by function,
own and total, and how often each ran.
"""
import argparse
import hashlib
import json
import subprocess
import sys
import threading
import time

BLOCK = b"x" * 1_000_000
spent = {}  # by name: [own seconds, total seconds, calls]
open_calls = []


def burn(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


class Timed:
    """Adds up the clock time under a name, its own and with what it calls."""

    def __init__(self, name):
        self.name = name
        self.inner = 0.0

    def __enter__(self):
        open_calls.append(self)
        self.start = time.perf_counter()

    def __exit__(self, *_):
        took = time.perf_counter() - self.start
        open_calls.pop()
        if open_calls:
            open_calls[-1].inner += took
        sums = spent.setdefault(self.name, [0.0, 0.0, 0])
        sums[0] += took - self.inner
        sums[1] += took
        sums[2] += 1


def block_hash():
    end = time.thread_time() + 0.0008
    while time.thread_time() < end:
        pass


def holds_the_lock():
    total = sum(range(60_000))  # C that keeps the interpreter lock
    return total


def lets_it_go():
    return hashlib.sha256(BLOCK).digest()  # C that releases it for long inputs


def cheap_lines(n):
    a = b = c = 0
    for i in range(n):
        a += 1
        b += a
        c ^= b
        a ^= 1
    return c


class Engine:
    def step(self):
        with Timed("Engine.step"):
            self.schedule()
            self.prepare()
            self.update()
            self.wait()

    def schedule(self):
        with Timed("Engine.schedule"):
            with Timed("burn"):
                burn(0.0012)
            with Timed("block_hash"):
                block_hash()

    def prepare(self):
        with Timed("Engine.prepare"):
            with Timed("cheap_lines"):
                cheap_lines(12_000)
            with Timed("block_hash"):
                block_hash()
            with Timed("lets_it_go"):
                lets_it_go()

    def update(self):
        with Timed("Engine.update"):
            with Timed("block_hash"):
                block_hash()
            with Timed("holds_the_lock"):
                holds_the_lock()

    def wait(self):
        with Timed("Engine.wait"):
            time.sleep(0.0006)


def poll(stop):
    while not stop.is_set():
        time.sleep(0.02)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seconds", type=float, default=6)
    arguments.add_argument("--child", action="store_true")
    options = arguments.parse_args()
    child = None
    if options.child:
        child = subprocess.Popen([sys.executable, __file__, "--seconds", str(options.seconds)])
    stop = threading.Event()
    threading.Thread(target=poll, args=(stop,), name="poller", daemon=True).start()
    engine = Engine()
    end = time.perf_counter() + options.seconds
    while time.perf_counter() < end:
        engine.step()
    stop.set()
    if child:
        child.wait()
    print(json.dumps({"truth": spent}), flush=True)


main()

"""A small engine with what varies by itself: times, sets of strings, threads, chance."""
import asyncio
import functools
import json
import os
import queue
import random
import threading
import time


class Request:
    def __init__(self, number):
        self.number = number
        self.tokens = [number]
        self.arrived = time.time()
        self.tags = {"tag%d" % n for n in range(number % 5)}


class Engine:
    def __init__(self):
        self.waiting = [Request(n) for n in range(40)]
        self.running = []
        self.steps = 0
        self.lock = threading.Lock()
        self.seen = []

    def run(self):
        while self.step():
            pass
        return self.steps

    def step(self):
        self.admit(4)
        self.advance()
        self.steps += 1
        return bool(self.waiting or self.running)

    def admit(self, room):
        for request in self.waiting[: room - len(self.running)]:
            self.running.append(request)
            self.seen.append(request.number)
        del self.waiting[: room - len(self.running) or room]
        self.waiting = [r for r in self.waiting if r not in self.running]

    def advance(self):
        for request in self.running:
            request.tokens.append(self.token(request.number, len(request.tokens)))
        self.running = [r for r in self.running if len(r.tokens) < 4 + r.number % 3]

    @functools.lru_cache(maxsize=None)
    def token(self, number, place):
        return number * 7 + place


def score(number):
    """Called from several threads, in no order."""
    return number * number + 1


def threads():
    work = queue.Queue()
    results = []
    for n in range(200):
        work.put(n)

    def worker():
        while True:
            try:
                n = work.get_nowait()
            except queue.Empty:
                return
            time.sleep(random.Random().random() / 2000)
            results.append(score(n))

    workers = [threading.Thread(target=worker) for _ in range(4)]
    for each in workers:
        each.start()
    for each in workers:
        each.join()
    return sorted(results)


class Chance:
    """Differs in every launch, on purpose."""

    def __init__(self):
        self.source = random.Random(os.urandom(8))

    def pick(self, few):
        return [self.source.random() for _ in range(few)]


class Pool:
    """Give is below Store, which is below Planner: what the planner asks for is its own affair."""

    def __init__(self):
        self.next = 0

    def give(self, few):
        given = list(range(self.next, self.next + few))
        self.next += few
        return given


class Store:
    def __init__(self):
        self.pool = Pool()

    def fill(self, few):
        return self.pool.give(few)


class Planner:
    def __init__(self):
        self.store = Store()

    def ask(self, few):
        return self.store.fill(few)

    def plan(self, wanted):
        return [block for few in wanted for block in self.ask(few)]


class Span:
    def __init__(self, step, took):
        self.step = step
        self.took = took


class Log:
    """The latest records, each with a time in it."""

    def __init__(self):
        self.records = []
        self.spans = []
        self.latest = {}
        self.open = set()
        self.many = ""

    def add(self, step):
        took = time.perf_counter()
        self.records.append(json.dumps({"step": step, "took_ms": took, "requests": [{"id": step, "tokens": [step] * 60}]}))
        self.records[:-8] = []
        self.spans.append((step, took))
        self.latest = {"step": step, "took": took, "by_id": {"req-%d" % step: took}}
        self.open = {Span(step, took)}
        self.many = json.dumps({"many": [[n] for n in range(600)]}) if step % 2 else "{}"
        return b'{"step": %d, "at": %f}' % (step, took)


async def answer(number):
    await asyncio.sleep(0)
    return {"number": number, "text": "a" * number}


async def serve():
    return [await answer(n) for n in range(10)]


if __name__ == "__main__":
    Engine().run()
    threads()
    planner = Planner()
    for n in range(30):
        planner.plan([n % 3, 0, n % 2])
    log = Log()
    for n in range(20):
        log.add(n)
    chance = Chance()
    for n in range(5):
        chance.pick(n)
    asyncio.run(serve())

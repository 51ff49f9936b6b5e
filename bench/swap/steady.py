"""An engine's host code in a steady state: python steady.py sample|lmdeploy STEPS [--called]

Requests that end are replaced at once, so that the batch stays full. Nothing is computed on a
device. `sample` is examples/mini-executor, in the current folder; `lmdeploy` is its paging
scheduler, from a checkout that LMDEPLOY names, with torch and numpy; packages that it imports and
that are not installed are stood in for: the steps do not need them. `--called` prints which functions the steps call, and exits.
"""
import os
import random
import sys
import time
import types

from stand_ins import stand_in


class Sample:
    ROOT = "mini_executor"
    WARM_UP = 100

    def __init__(self):
        sys.path[:0] = [os.getcwd(), os.path.join(os.getcwd(), "third_party")]
        from mini_executor.factory import ExecutorConfig, create_py_executor
        from mini_executor.llm_request import LlmRequest, SamplingParams

        self.make = lambda number, prompt, most: LlmRequest(
            number, prompt, SamplingParams(top_k=8, seed=number, max_tokens=most))
        self.executor = create_py_executor(ExecutorConfig())
        self.random = random.Random(5)
        self.number = 1000
        self.open = 0

    def step(self):
        executor = self.executor
        while len(executor.active_requests) + self.open < 40:
            self.number += 1
            self.open += 1
            prompt = [self.random.randrange(3, 32000) for _ in range(self.random.randrange(40, 80))]
            executor.enqueue_requests([self.make(self.number, prompt, self.random.randrange(24, 56))])
        before = len(executor.active_requests)
        executor._executor_iteration()
        self.open = executor.request_queue.num_waiting
        if self.number % 64 == 0:
            executor.responses.clear()
            executor.get_latest_iteration_stats()
        return before


class Lmdeploy:
    ROOT = "lmdeploy"
    WARM_UP = 800  # Until the cache is full; before, each step takes longer than the one before.

    def __init__(self):
        root = os.environ["LMDEPLOY"]
        stand_in("shortuuid", "xgrammar", "mmengine", "pybase64", "zmq")
        plain_dataclasses()
        sys.path.insert(0, root)
        for name in ("lmdeploy", "lmdeploy.pytorch"):
            package = types.ModuleType(name)
            package.__path__ = [os.path.join(root, *name.split("."))]
            sys.modules[name] = package
        sys.modules["lmdeploy"].pytorch = sys.modules["lmdeploy.pytorch"]
        import numpy
        import torch
        from lmdeploy.pytorch.config import CacheConfig, SchedulerConfig
        from lmdeploy.pytorch.messages import MessageStatus, SequenceMeta, UpdateTokenMode
        from lmdeploy.pytorch.paging.scheduler import Scheduler
        from lmdeploy.pytorch.strategies.ar.sequence import ARSequenceStrategy

        self.np, self.torch = numpy, torch
        self.status, self.mode = MessageStatus, UpdateTokenMode
        cache = CacheConfig(max_batches=64, block_size=16, num_cpu_blocks=0, num_gpu_blocks=2200,
                            enable_prefix_caching=True)
        limits = SchedulerConfig(max_batches=64, max_session_len=2048, max_request_output_len=64)
        self.scheduler = Scheduler(
            scheduler_config=limits, cache_config=cache,
            seq_meta=SequenceMeta(16, strategy=ARSequenceStrategy()))
        self.random = random.Random(5)
        self.live = {}
        self.number = self.at = 0
        self.prefix = numpy.array([self.random.randrange(50000) for _ in range(400)])

    def add(self):
        rng, np = self.random, self.np
        self.number += 1
        own = [rng.randrange(50000) for _ in range(rng.randrange(20, 100))]
        ids = np.concatenate([self.prefix[:rng.randrange(50, 400)], np.array(own)])
        sequence = self.scheduler.add_session(self.number).add_sequence(self.torch.from_numpy(ids))
        self.live[self.number] = sequence, rng.randrange(8, 40)

    def step(self):
        while len(self.live) < 64:
            self.add()
        self.turn()
        for number, (sequence, most) in list(self.live.items()):
            if sequence.num_new_tokens >= most:
                self.scheduler.end_session(number)
                del self.live[number]

    def turn(self):
        scheduler, status = self.scheduler, self.status
        self.at += 1
        prefill = scheduler.has_waiting() and (self.at % 4 == 0 or not scheduler.ready)
        if prefill:
            running = scheduler.schedule(is_prefill=True).running
        else:
            running = scheduler.schedule(is_prefill=False, prealloc_size=1).running
        scheduler.get_block_tables(running)
        for each in running:
            if each.status == status.READY:
                each.state.activate()
        mode = self.mode.PREFILL if prefill else self.mode.DECODE
        for each in running:
            each.update_token_ids(self.np.array([7 + self.at % 1000]), mode=mode)
        for each in running:
            if each.status == status.RUNNING:
                each.state.deactivate()


def plain_dataclasses():
    """In place of pydantic's, where it is not installed: nothing here needs their checks."""
    try:
        import pydantic
    except ImportError:
        import dataclasses

        stand_in("pydantic")
        import pydantic

        pydantic.dataclasses = sys.modules["pydantic.dataclasses"] = dataclasses


def called(engine, steps):
    counts = {}

    def count(frame, event, arg):
        if event == "call" and engine.ROOT in frame.f_code.co_filename:
            code = frame.f_code
            key = code.co_filename, getattr(code, "co_qualname", code.co_name)
            counts[key] = counts.get(key, 0) + 1

    sys.setprofile(count)
    for _ in range(steps):
        engine.step()
    sys.setprofile(None)
    for (file, name), times in sorted(counts.items()):
        print(os.path.abspath(file), name, times / steps, sep="\t")


def main():
    engine = {"sample": Sample, "lmdeploy": Lmdeploy}[sys.argv[1]]()
    for _ in range(engine.WARM_UP):
        engine.step()
    if "--called" in sys.argv:
        called(engine, 40)
        return
    steps = int(sys.argv[2])
    begin = time.perf_counter()
    for _ in range(steps):
        engine.step()
    print("steps_per_s=%.3f" % (steps / (time.perf_counter() - begin)))


if __name__ == "__main__":
    main()

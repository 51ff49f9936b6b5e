"""A sampler in a thread of the process: for where nothing outside may trace it.

Python hands the interpreter lock over every 5 ms, so a step shorter than that would only be seen
where it waits. While this runs the interval is shorter.
"""
import os
import sys
import threading
import time

from . import ends, record

SWITCH_S = 1e-4


class Sampler:
    def __init__(self, prefix, rate, modules):
        self.prefix = prefix
        self.modules = modules
        self.rate = rate
        self.begin()

    def begin(self):
        """Also in a forked child: what was sampled before is the parent's."""
        self.base = "%s.%d" % (self.prefix, record.process_number())
        self.places = {}
        self.stacks = {}
        self.tracks = {}
        self.is_over = False
        self.between = ends.Between()
        self.writing = threading.RLock()  # SIGTERM may come in the middle
        self.thread = threading.Thread(target=self.run, name="hostperf-sampler", daemon=True)
        self.thread.start()

    def run(self):
        own = threading.get_ident()
        sys.setswitchinterval(min(SWITCH_S, sys.getswitchinterval()))
        pause = 1.0 / self.rate
        due = last = time.perf_counter()
        while not self.is_over:
            due = max(due + pause, time.perf_counter())
            time.sleep(max(0.0, due - time.perf_counter()))
            now = time.perf_counter()
            for thread, frame in sys._current_frames().items():
                if thread != own:
                    self.take(thread, frame, now - last)
            frame = None
            if self.between.is_due():
                self.write_between()
                now = time.perf_counter()
            last = now

    def take(self, thread, frame, seconds):
        stack = []
        while frame is not None:
            key = (frame.f_code, frame.f_lineno)
            stack.append(self.places.setdefault(key, len(self.places)))
            frame = frame.f_back
        stack = tuple(reversed(stack))
        number = self.stacks.setdefault(stack, len(self.stacks))
        samples, weights = self.tracks.setdefault(thread, ([], []))
        samples.append(number)
        weights.append(seconds)

    def forget(self):
        self.is_over = True
        self.begin()

    def write_between(self):
        with self.writing:
            if not self.is_over:
                try:
                    self.write_all("running")
                except Exception:
                    pass  # The end is another try.

    def write(self, end="exit"):
        self.is_over = True
        with self.writing:
            self.write_all(end)

    def write_all(self, end):
        self.modules.write(end)
        names = {thread.ident: thread.name for thread in threading.enumerate()}
        # The thread may be in the middle of a sample: what is counted now has its stack below.
        tracks = [(thread, samples, weights, min(len(samples), len(weights)))
                  for thread, (samples, weights) in list(self.tracks.items())]
        stacks = [record.as_json(list(stack)) for stack in list(self.stacks)]
        frames = [{"name": getattr(code, "co_qualname", code.co_name),
                   "file": os.path.abspath(code.co_filename), "line": line or 0}
                  for code, line in list(self.places)]
        with record.atomic(self.base + ".inside.json") as stream:
            stream.write('{"shared":{"frames":%s},"profiles":[' % record.as_json(frames))
            for number, (thread, samples, weights, count) in enumerate(tracks):
                name = 'Process %d Thread %d "%s"' % (
                    record.process_number(), thread, names.get(thread, str(thread)))
                stream.write("," if number else "")
                self.write_track(stream, name, stacks, samples, weights, count)
            stream.write("]}")

    @staticmethod
    def write_track(stream, name, stacks, samples, weights, count):
        """A sample at a time: of an hour they would not fit into memory twice."""
        stream.write('{"type":"sampled","unit":"seconds","name":%s,"startValue":0,"endValue":%.6f,'
                     '"samples":[' % (record.as_json(name), sum(weights[:count])))
        for i in range(count):
            stream.write("," * (i > 0) + stacks[samples[i]])
        stream.write('],"weights":[')
        for i in range(count):
            stream.write("," * (i > 0) + "%.6f" % weights[i])
        stream.write("]}")


def start(prefix, rate, modules):
    ends.watch(Sampler(prefix, rate, modules))

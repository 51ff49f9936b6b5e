"""The ways a process ends: return, os._exit (a forked child of multiprocessing), SIGTERM. A
process that is killed leaves its note in the state `running`, and what was written in between."""
import atexit
import os
import signal
import sys
import time


class Between:
    """When to write what there is, for a process that may be killed: seldomer each time, so that all
    writing together takes at most twice as long as the last one."""

    def __init__(self):
        self.pause = 0.5
        self.due = time.perf_counter() + self.pause

    def is_due(self):
        now = time.perf_counter()
        if now < self.due:
            return False
        self.pause *= 2
        self.due = now + self.pause
        return True


def watch(recorder):
    def write(end):
        try:
            recorder.write(end)
        except Exception as e:
            print("hostperf: no profile of process %d: %r" % (os.getpid(), e), file=sys.stderr)

    real_exit = os._exit

    def exit_now(status):
        write("os._exit")
        real_exit(status)

    def terminate(number, frame):
        write("SIGTERM")
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTERM)

    # Registered first of all, so it runs last.
    atexit.register(write, "exit")
    os._exit = exit_now
    # A program that sets its own handler replaces this one, and then ends by itself.
    if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, terminate)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=recorder.forget)

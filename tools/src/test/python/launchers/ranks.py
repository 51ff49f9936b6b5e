"""A rank of whichever launcher: `ranks.py SECONDS [killed]` steps for so long."""
import os
import signal
import sys
import time


class Engine:
    def step(self):
        return self.work()

    def work(self):
        total = 0
        for i in range(3000):
            total += i
        return total


def main():
    engine = Engine()
    end = time.perf_counter() + float(sys.argv[1])
    while time.perf_counter() < end:
        engine.step()
    if "killed" in sys.argv:
        os.kill(os.getpid(), signal.SIGKILL)


main()

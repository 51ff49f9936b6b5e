"""A loop of steps whose work is told on the command line: python steps.py STEPS [WAY]."""
import functools
import os
import sys
import threading
import time

from work import Engine, busy, chunks, kept, late


class Loop:
    def __init__(self):
        self.engine = Engine()

    def step(self):
        return self.engine.run(40)


def main():
    steps = int(sys.argv[1])
    way = sys.argv[2] if len(sys.argv) > 2 else ""
    loop = Loop()
    if way == "rewritten":
        code = Engine.run.__code__
        Engine.run.__code__ = code.replace(co_names=code.co_names + ("other",))
    if way == "fork":
        child = os.fork()
        for _ in range(steps):
            loop.step()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
        return
    if way == "beside":
        # So that the threads take turns amid their steps, however fast the machine is.
        sys.setswitchinterval(1e-5)
        thread = threading.Thread(target=lambda: [loop.step() for _ in range(steps)])
        thread.start()
    for _ in range(steps):
        loop.step()
        if way == "outside":
            late(4)
    if way == "generator":
        list(chunks(4))
    if way == "beside":
        thread.join()
    print("done", loop.engine.count)


main()

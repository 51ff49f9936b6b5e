import argparse
import os
import signal
import time

from minifilter.engine import Engine
from minifilter.limits import Limits


def end_as_if_killed():
    """Where an evaluation counts launches, the fourth of them is killed."""
    file = os.environ.get("EVAL_LAUNCHES")
    if file:
        with open(file, "a+") as launches:
            launches.write("launch\n")
            launches.seek(0)
            if len(launches.readlines()) == 4:
                os.kill(os.getpid(), signal.SIGKILL)


parser = argparse.ArgumentParser()
parser.add_argument("--steps", type=int, default=1000)
steps = parser.parse_args().steps
engine = Engine(Limits(range(0, 120, 2)))
begin = time.perf_counter()
kept = []
for number in range(steps):
    kept.append(engine.step(range(number % 7, 40 + number % 7)))
    if number % 50 == 49:
        engine.limits.ban(number // 50 * 2 + 1)
    if number == 20:
        end_as_if_killed()
seconds = time.perf_counter() - begin
with open("tokens.txt", "w") as out:
    out.write(f"{kept} {list(engine.history)}")
print(f"throughput={steps / seconds:.2f}")

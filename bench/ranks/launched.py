"""RANKS STEPS: real processes."""
import multiprocessing
import os
import sys

from engine import Engine


def work(rank, ranks, steps, barrier):
    os.environ.update(RANK=str(rank), WORLD_SIZE=str(ranks))
    engine = Engine(rank, barrier.wait)
    for _ in range(steps):
        engine.step()


if __name__ == "__main__":
    ranks, steps = int(sys.argv[1]), int(sys.argv[2])
    barrier = multiprocessing.Barrier(ranks)
    workers = [
        multiprocessing.Process(target=work, args=(rank, ranks, steps, barrier)) for rank in range(ranks)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

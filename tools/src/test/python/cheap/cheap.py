"""Cheap lines in a hot loop, and a cheap function that is called often: what a line profiler sees
of them is mostly itself. Prints the seconds of each, the best of some rounds."""
import json
import time

ROUNDS = 15


def lines(n):
    a = b = 0
    while a < n:
        a += 1
        b ^= a
    return b


def small(i):
    return i + 1


def calls(n):
    i = 0
    while i < n:
        i = small(i)
    return i


def heavy(n):
    return sum(range(n))


def main():
    seconds = {}
    for function, n in ((lines, 30000), (calls, 10000), (heavy, 400000)):
        best = None
        for _ in range(ROUNDS):
            start = time.perf_counter()
            function(n)
            took = time.perf_counter() - start
            best = took if best is None else min(best, took)
        seconds[function.__name__] = best * ROUNDS
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()

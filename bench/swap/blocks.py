"""How long a swap's blocks should be, over recorded step times.

    python3 blocks.py record sample|lmdeploy STEPS FILE   one launch; several at a time are as noisy as
                                                          a machine that others use
    python3 blocks.py judge STEPS FILE…                   six launches of STEPS steps an experiment

`judge` wants numpy. Launches of one engine do the same work step by step, so any two recordings
stand for a launch and its mirror image. The base gets 1% of a step on top. Three looks as in
`Tier.swapped`, a signed-rank interval, at least 0.5%.
"""
import array
import os
import statistics
import sys
import time

EXPERIMENTS = 1000
LEVELS = (0.0005, 0.00058, 0.0187)  # one-sided, of `Spending` for a third look
FLOOR_IN = 4


def record(engine, steps, file):
    import steady

    engine = {"sample": steady.Sample, "lmdeploy": steady.Lmdeploy}[engine]()
    owner, name = (engine.executor, "_executor_iteration") if hasattr(engine, "executor") else (engine, "turn")
    root = getattr(owner, name)
    spent = array.array("q")

    def timed():
        begin = time.perf_counter_ns()
        root()
        spent.append(time.perf_counter_ns() - begin)

    setattr(owner, name, timed)
    for _ in range(engine.WARM_UP):
        engine.step()
    del spent[:]
    for _ in range(steps):
        engine.step()
    with open(file, "wb") as stream:
        spent.tofile(stream)
    print("%s: %.2f ms a step" % (file, sum(spent) / len(spent) / 1e6))


def judge(steps, files):
    import numpy

    launches = [numpy.fromfile(file, dtype=numpy.int64) / 1e9 for file in files]
    print("%d recordings, %.1f s of steps a launch" % (
        len(files), steps * numpy.mean([launch.mean() for launch in launches])))
    for block, dropped in ((20, 2), (12, 2), (8, 1), (5, 1), (3, 1), (2, 0), (1, 0)):
        judged = Judged(numpy, launches, steps, block, dropped)
        print("blocks of %2d, %d dropped: 1%% found in %.1f%%; of nothing improved %.1f%%, regressed %.1f%%" % (
            block, dropped, judged.share(0.01, 1), judged.share(0, 1), judged.share(0, -1)), flush=True)


class Judged:
    def __init__(self, numpy, launches, steps, block, dropped):
        self.np, self.launches, self.steps = numpy, launches, steps
        self.block, self.dropped = block, dropped

    def share(self, gain, verdict):
        self.random = self.np.random.default_rng(17)
        return 100 / EXPERIMENTS * sum(self.verdict(gain) == verdict for _ in range(EXPERIMENTS))

    def verdict(self, gain):
        chosen = self.random.permutation(len(self.launches))[:2 * len(LEVELS)]
        gains, floors = [], []
        for look, level in enumerate(LEVELS):
            start = self.random.integers(0, len(self.launches[0]) - self.steps + 1)
            couple = [self.launches[i][start:start + self.steps] for i in chosen[2 * look:2 * look + 2]]
            for kept, found in zip((gains, floors), self.pairs(*couple, gain)):
                kept.append(found)
            seen = self.np.concatenate(gains)
            z, bound = self.z(seen), statistics.NormalDist().inv_cdf(1 - level)
            if abs(z) > bound and abs(self.estimate(seen)) >= max(
                    0.005, abs(self.estimate(self.np.concatenate(floors)))):
                return 1 if z > 0 else -1
        return 0

    def pairs(self, straight, mirrored, gain):
        """Logarithms of base over candidate, and of base over base, pair by pair."""
        np = self.np
        count = self.steps // (2 * self.block)
        floor = self.random.random(count) < 1 / FLOOR_IN
        first = self.random.random(count) < 0.5
        both = []
        for launch, base_first in ((straight, first), (mirrored, ~first)):
            blocks = launch[:count * 2 * self.block].reshape(count, 2, self.block)
            means = blocks[:, :, self.dropped:].mean(2)
            is_base = np.stack([base_first | floor, ~base_first | floor], 1)
            means = np.log(means + np.where(is_base, gain * launch.mean(), 0))
            both.append((means[:, 0] - means[:, 1]) * np.where(base_first, 1, -1))
        ratios = (both[0] + both[1])[1:] / 2
        return ratios[~floor[1:]], ratios[floor[1:]]

    def z(self, ratios):
        """Of the signed-rank statistic, which for so many pairs is as good as normal."""
        n = len(ratios)
        ranks = self.np.argsort(self.np.argsort(abs(ratios))) + 1
        return (ranks[ratios > 0].sum() - n * (n + 1) / 4) / (n * (n + 1) * (2 * n + 1) / 24) ** 0.5

    def estimate(self, ratios):
        if len(ratios) > 600:
            ratios = self.random.choice(ratios, 600, replace=False)
        one, other = self.np.triu_indices(len(ratios))
        return self.np.median((ratios[one] + ratios[other]) / 2)


if __name__ == "__main__":
    if sys.argv[1] == "record":
        record(sys.argv[2], int(sys.argv[3]), os.path.abspath(sys.argv[4]))
    else:
        judge(int(sys.argv[2]), sys.argv[3:])

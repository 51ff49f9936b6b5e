"""How closely each step is watched, so that the launch stays within three times its time.

A quarter of the steps are left alone: their time tells what watching costs. The costly collectors
look at the first steps, then only at as many as keep their part of the time within bounds. Which
steps those are is left to chance, since a program may do something in every second or fourth step.
"""
ALONE, WATCHED, CLOSELY = range(3)

FIRST_CLOSELY = 8
FIRST_WATCHED = 64
# What the costly collectors may add, as a part of the time of the steps without them.
MOST_ADDED = 0.6


class Pace:
    def __init__(self):
        self.steps = [0, 0, 0]
        self.seconds = [0.0, 0.0, 0.0]
        self.chance = 1

    def choose(self, has_costly):
        watched = self.steps[WATCHED] + self.steps[CLOSELY]
        if watched >= FIRST_WATCHED and self.toss() and self.toss():
            return ALONE
        if not has_costly:
            return WATCHED
        if self.steps[CLOSELY] < FIRST_CLOSELY:
            return CLOSELY
        return CLOSELY if self.steps[WATCHED] and self.can_afford() and self.toss() else WATCHED

    def can_afford(self):
        usual = self.seconds[WATCHED] / self.steps[WATCHED]
        added = self.seconds[CLOSELY] / self.steps[CLOSELY] - usual
        return added * (self.steps[CLOSELY] + 1) <= MOST_ADDED * usual * sum(self.steps)

    def toss(self):
        self.chance = (self.chance * 1103515245 + 12345) & 0x7FFFFFFF
        return bool(self.chance & 0x10000)

    def took(self, how, seconds):
        self.steps[how] += 1
        self.seconds[how] += seconds

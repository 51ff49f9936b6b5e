"""How closely each step is watched, so that the launch stays within three times its time.

Most steps are left alone: what they take is what the others are compared with. Which of the others
are watched, and which closely, is left to chance, since a program may do something in every second
or fourth step. The odds follow from what watching has cost so far.
"""
ALONE, WATCHED, CLOSELY = range(3)

# By how closely: what it may add, as a part of the steps' own time, and the part of the steps that
# it is at most.
MOST_ADDED = (0.0, 0.3, 0.7)
MOST_OFTEN = (1.0, 0.5, 0.25)


class Pace:
    """Goes by the processor's time of the step's own thread, in which other programs and the
    device have no part."""

    def __init__(self):
        self.steps = [0, 0, 0]
        self.seconds = [0.0, 0.0, 0.0]
        self.busy = [0.0, 0.0, 0.0]
        self.warm = 0.0
        self.chance = 1

    def warmed_up(self, busy):
        """A step of the warm-up: better than nothing to compare the first one with."""
        self.warm = busy

    def choose(self, has_costly, is_rare):
        """`is_rare`: there may be no other step after this one."""
        if not any(self.steps):
            return (CLOSELY if has_costly else WATCHED) if is_rare else ALONE
        if has_costly and self.toss() < self.odds(CLOSELY):
            return CLOSELY
        return WATCHED if self.toss() < self.odds(WATCHED) else ALONE

    def odds(self, how):
        if not self.steps[how]:
            return 1.0
        usual = self.usual()
        added = self.busy[how] / self.steps[how] - usual
        if added <= 0:
            return MOST_OFTEN[how]
        if added * (self.steps[how] + 1) > MOST_ADDED[how] * usual * sum(self.steps):
            return 0.0
        return min(MOST_OFTEN[how], MOST_ADDED[how] * usual / added)

    def usual(self):
        alone = self.steps[ALONE]
        return self.busy[ALONE] / alone if alone else self.warm

    def toss(self):
        self.chance = (self.chance * 1103515245 + 12345) & 0x7FFFFFFF
        return (self.chance >> 8 & 0xFFFF) / 65536.0

    def took(self, how, seconds, busy):
        self.steps[how] += 1
        self.seconds[how] += seconds
        self.busy[how] += busy

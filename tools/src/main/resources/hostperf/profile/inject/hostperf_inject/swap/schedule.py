"""Which version runs in which block: a function of the step count and the seed alone, so that all
ranks of a launch exchange together."""

BASE, TWIN, CANDIDATE = range(3)

# One pair in four is of the base against itself: what the launch itself pretends to.
FLOOR_IN = 4


class Schedule:
    """`mirrored`: every pair the other way round, for a second launch of the same work: what
    differs from block to block and from launch to launch then cancels out."""

    def __init__(self, seed, mirrored):
        self.state = (seed ^ 0x5DEECE66D) & 0xFFFFFFFFFFFF
        self.mirrored = mirrored
        self.pairs = []

    def pair(self, number):
        """(first, second): two versions, one of them the base."""
        while len(self.pairs) <= number:
            other = TWIN if self.draw(FLOOR_IN) == 0 else CANDIDATE
            base_first = bool(self.draw(2)) != self.mirrored
            self.pairs.append((BASE, other) if base_first else (other, BASE))
        return self.pairs[number]

    def version(self, block):
        return self.pair(block // 2)[block % 2]

    def draw(self, below):
        # The low bits of this generator repeat soon; only high ones are used.
        self.state = (self.state * 0x5DEECE66D + 0xB) & 0xFFFFFFFFFFFF
        return (self.state >> 24) % below

"""Which calls of a function are recorded: the first ones all, later ones ever more rarely, so that
the beginning, the steady part and the end of a run are seen whatever its length. Where values are
large, calls are recorded more rarely still. It depends on the call's number alone, and what is
recorded thinned is recorded otherwise too, so that two launches record the same calls."""
NOTHING, RESULT, WHOLE = range(3)

FIRST_WHOLE = 32
FIRST_RESULTS = 2_000
EVERY_RESULT = 16

# Objects that were looked at, after which calls are recorded half as often, and again.
THIN_AFTER = 40_000
MOST_THINNED = 5


def thinned(looked):
    return min(looked // THIN_AFTER, MOST_THINNED)


def depth(number, thinned=0):
    whole = FIRST_WHOLE >> thinned
    if number < whole or number % (1 << (number // whole).bit_length()) == 0:
        return WHOLE
    if number < FIRST_RESULTS >> thinned or number % (EVERY_RESULT << thinned) == 0:
        return RESULT
    return NOTHING

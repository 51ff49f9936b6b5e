"""Which calls of a function are recorded: the first ones all, later ones ever more rarely, so that
the beginning, the steady part and the end of a run are seen whatever its length. It depends on the
call's number alone, so that two launches record the same calls."""
NOTHING, RESULT, WHOLE = range(3)

FIRST_WHOLE = 32
FIRST_RESULTS = 2_000
EVERY_RESULT = 16


def depth(number):
    if number < FIRST_WHOLE or number % (1 << (number // FIRST_WHOLE).bit_length()) == 0:
        return WHOLE
    if number < FIRST_RESULTS or number % EVERY_RESULT == 0:
        return RESULT
    return NOTHING

# hot: 6
import time


def now():
    return time.time()

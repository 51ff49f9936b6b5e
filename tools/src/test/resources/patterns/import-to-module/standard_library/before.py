# hot: 5
import os

def root(x):
    from math import floor, sqrt
    return floor(sqrt(x)) + len(os.sep)

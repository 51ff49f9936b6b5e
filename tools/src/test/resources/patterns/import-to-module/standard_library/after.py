# hot: 5
import os
from math import floor, sqrt

def root(x):
    return floor(sqrt(x)) + len(os.sep)

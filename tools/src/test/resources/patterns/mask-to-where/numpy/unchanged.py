# hot: 6
import numpy as np

def put(n):
    a = np.zeros(n)
    a[a == 0] = -1.0
    return a

import numpy as np

def starts(n):
    start_np = np.zeros(n)
    start_np[0] = 1  # hot
    return start_np

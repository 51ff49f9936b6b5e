import numpy as np

def route(gating: np.ndarray):
    a = np.exp(gating)  # hot
    b = np.sum(a)  # hot
    c = np.log(b)  # hot
    d = np.sqrt(c)  # hot
    return d

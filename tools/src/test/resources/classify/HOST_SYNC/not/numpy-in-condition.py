import numpy as np


def required(state, rows):
    if np.any(state.use_bias[rows]):  # hot
        return True
    return False

def join(k, k_nope, width):
    k[..., :width] = k_nope  # hot
    return k

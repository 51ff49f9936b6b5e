def rotate(q):
    from engine import ops  # hot
    return ops.rotate(q)

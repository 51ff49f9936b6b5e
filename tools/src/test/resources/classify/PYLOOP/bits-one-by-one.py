def pack(values):
    byte = 0
    for i, v in enumerate(values):
        bit = 1 if v >= 0 else 0
        byte += bit << (7 - i % 8)  # hot
    return byte

def build(slots, count):
    slots[count:] = -1  # hot
    return slots

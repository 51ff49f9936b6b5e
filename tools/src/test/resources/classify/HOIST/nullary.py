def is_recent():
    return device_capability()[0] >= 9  # hot

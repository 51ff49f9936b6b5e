# hot: 4
# because: neither of the standard library
def pack(x):
    from engine.scheduler import order
    return order(x)

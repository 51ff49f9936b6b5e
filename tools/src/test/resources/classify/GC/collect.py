import gc

def step():
    gc.collect()  # hot

def wait_here():
    while True:  # hot
        pass

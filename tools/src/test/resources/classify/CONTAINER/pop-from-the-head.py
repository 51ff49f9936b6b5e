def drain(queue):
    while queue:
        queue.pop(0)  # hot

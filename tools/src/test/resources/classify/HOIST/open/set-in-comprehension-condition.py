def rest(waiting, running):
    return [x for x in waiting if x not in set(running)]  # hot

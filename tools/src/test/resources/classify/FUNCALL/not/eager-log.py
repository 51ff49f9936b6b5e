def schedule(group):
    logger.debug("slot " + str(group))  # hot
    return group

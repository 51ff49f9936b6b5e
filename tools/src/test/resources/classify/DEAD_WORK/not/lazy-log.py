def schedule(group):
    logger.debug("append slot for %s", group)
    left = len(group.blocks)  # hot
    return left

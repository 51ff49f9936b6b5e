def schedule(group):
    logger.debug("append slot for %s", group)
    left = group.size()  # hot
    return left

def schedule(group):
    logger.debug(f"append slot for {group}")  # hot
    return group

# hot: 6
import logging
logger = logging.getLogger("hostperf.test")

def handle(requests):
    logger.debug("handling %s at 100%%: %r {braces}", len(requests), requests)
    return len(requests)

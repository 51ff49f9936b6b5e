# hot: 6
from logging import getLogger
logger = getLogger("hostperf.test")

def handle(requests):
    logger.debug("handling %s at 100%%: %r {braces}", len(requests), requests)
    return len(requests)

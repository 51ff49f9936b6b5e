# hot: 6
import logging
logger = logging.getLogger("hostperf.test")

def handle(requests):
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("100% handled: " + str(requests))
    return len(requests)

# hot: 6
import logging
from logging import getLogger
logger = getLogger("hostperf.test")

def handle(requests):
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug(f"handling {len(requests)} at 100%: {requests!r} {{braces}}")
    return len(requests)

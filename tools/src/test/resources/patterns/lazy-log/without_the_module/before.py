# hot: 6
from logging import getLogger
logger = getLogger("hostperf.test")

def handle(requests):
    logger.debug(f"handling {len(requests)} at 100%: {requests!r} {{braces}}")
    return len(requests)

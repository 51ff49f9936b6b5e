# hot: 7
import logging
logger = logging.getLogger(__name__)

def handle(requests):
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug(f"handling {requests}")

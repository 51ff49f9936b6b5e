# hot: 7
# because: with an effect
import logging
logger = logging.getLogger(__name__)

def handle(queue):
    logger.debug(f"next {queue.take()}")

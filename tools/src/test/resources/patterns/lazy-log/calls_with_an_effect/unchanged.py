# hot: 7
# because: more than give a value
import logging
logger = logging.getLogger(__name__)

def handle(queue):
    logger.debug(f"next {queue.take()}")

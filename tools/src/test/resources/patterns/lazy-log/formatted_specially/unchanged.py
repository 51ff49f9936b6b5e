# hot: 7
# because: formatted specially
import logging
logger = logging.getLogger(__name__)

def handle(share):
    logger.debug(f"share {share:.2f}")

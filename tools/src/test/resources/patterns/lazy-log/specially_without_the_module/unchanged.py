# hot: 6
# because: formatted specially
from logging import getLogger
logger = getLogger(__name__)
def handle(share):
    logger.debug(f"share {share:.2f}")

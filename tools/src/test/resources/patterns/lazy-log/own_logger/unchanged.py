# hot: 6
# because: not seen to be a logger
from engine.logs import logger

def handle(requests):
    logger.debug(f"handling {requests}")

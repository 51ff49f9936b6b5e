# hot: 7
# because: not seen to be a logger
from tensorrt_llm.logger import logger


def handle(requests):
    logger.debug(f"handling {requests}")

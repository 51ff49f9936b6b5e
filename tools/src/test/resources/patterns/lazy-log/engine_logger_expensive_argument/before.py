# hot: 6
from tensorrt_llm.logger import logger


def handle(requests):
    logger.debug("handling", repr(requests))
    return len(requests)

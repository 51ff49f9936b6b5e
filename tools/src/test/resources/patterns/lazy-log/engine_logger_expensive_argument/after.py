# hot: 6
from tensorrt_llm.logger import logger


def handle(requests):
    if logger.level in ("verbose", "debug", "trace"):
        logger.debug("handling", repr(requests))
    return len(requests)

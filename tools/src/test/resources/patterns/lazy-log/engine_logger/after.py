# hot: 6
from tensorrt_llm.logger import logger


def handle(requests):
    if logger.level in ("verbose", "debug", "trace"):
        logger.debug(f"handling {requests}")
    return len(requests)

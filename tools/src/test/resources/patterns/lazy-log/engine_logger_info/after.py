# hot: 6
from tensorrt_llm.logger import logger


def handle(requests):
    if logger.level in ("info", "verbose", "debug", "trace"):
        logger.info(f"handling {requests}")
    return len(requests)

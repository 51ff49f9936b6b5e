# hot: 7
from tensorrt_llm.logger import logger


def handle(requests):
    if logger.level == "debug":
        logger.debug(f"handling {requests}")

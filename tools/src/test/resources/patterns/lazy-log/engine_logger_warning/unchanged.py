# hot: 6
from tensorrt_llm.logger import logger


def handle(requests):
    logger.warning(f"handling {requests}")

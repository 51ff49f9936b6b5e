# hot: 7
# because: joins its arguments
from tensorrt_llm.logger import logger


def handle(requests):
    logger.warning(f"handling {requests}")

# hot: 7
from tensorrt_llm.logger import logger


def handle(requests):
    reusable = len(requests) - 1
    if logger.level in ("verbose", "debug", "trace"):
        logger.debug(
            f"handling {requests}"
            + (f" (reusable {reusable})" if reusable > 0 else "")
        )
    return reusable

# hot: 6
import logging
logger = logging.getLogger("hostperf.test")

def handle(requests):
    if logger.isEnabledFor(logging.INFO):
        logger.info(f"share {len(requests) / 3:.2f} of "  # in parts
                    f"{requests}")
    return len(requests)

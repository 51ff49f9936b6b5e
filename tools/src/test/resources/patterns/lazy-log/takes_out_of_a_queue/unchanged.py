# hot: 7
import logging

logger = logging.getLogger("hostperf.test")

def handle(q):
    logger.debug(f"next {q.get()}")

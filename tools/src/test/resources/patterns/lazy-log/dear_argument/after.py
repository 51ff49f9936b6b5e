# hot: 7
import logging
logger = logging.getLogger("hostperf.test")


def handle(request):
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug("received %s", request.model_dump_json())
    return request.name

# hot: 8
# because: more than give a value
import logging
logger = logging.getLogger("hostperf.test")


def handle(request):
    logger.debug("received %s", request.model_dump_json())
    return request.name

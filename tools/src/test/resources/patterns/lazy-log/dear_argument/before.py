# hot: 7
import logging
logger = logging.getLogger("hostperf.test")


def handle(request):
    logger.debug("received %s", request.model_dump_json())
    return request.name

# hot: 6
# because: more than give a value
import logging
logger = logging.getLogger("hostperf.test")
def handle(request):
    logger.debug("received %s as %d", request.model_dump_json(), request.number())
    return request

# hot: 6
# because: may have an effect
import logging
logger = logging.getLogger("hostperf.test")
def handle(request):
    logger.debug("received %s as %d", request.model_dump_json(), request.number())
    return request

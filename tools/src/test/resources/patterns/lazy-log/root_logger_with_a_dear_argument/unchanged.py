# hot: 5
import json
import logging
def handle(request):
    logging.debug("received %s", json.dumps(request))
    return request

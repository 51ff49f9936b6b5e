# hot: 5
import logging

def handle(requests):
    logging.debug("handling %s", requests)
    return len(requests)

# hot: 5
import logging

def handle(requests):
    logging.debug(f"handling {requests}")
    return len(requests)

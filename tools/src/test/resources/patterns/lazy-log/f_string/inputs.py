import logging
class Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.texts = []
    def emit(self, record):
        self.texts.append(record.getMessage())
def calls(m):
    logger = logging.getLogger("hostperf.test")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
    logger.propagate = False
    kept = Kept()
    logger.addHandler(kept)
    logger.setLevel(logging.DEBUG)
    def logged(requests):
        del kept.texts[:]
        return m.handle(requests), list(kept.texts)
    yield logged, ([1, "two"],)
    logger.setLevel(logging.DEBUG)
    yield logged, ([],)

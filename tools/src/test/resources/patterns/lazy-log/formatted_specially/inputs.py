import logging


class Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.texts = []

    def emit(self, record):
        self.texts.append(record.getMessage())


def calls(m):
    def logged(requests, level):
        logger, kept = logging.getLogger("hostperf.test"), Kept()
        logger.propagate = False
        logger.addHandler(kept)
        logger.setLevel(level)
        try:
            return m.handle(requests), kept.texts
        finally:
            logger.removeHandler(kept)

    yield logged, ([1, "two"], logging.INFO)
    yield logged, ([], logging.INFO)
    yield logged, ([1], logging.WARNING)

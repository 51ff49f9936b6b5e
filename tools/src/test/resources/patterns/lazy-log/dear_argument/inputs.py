import logging
class Request:
    name = "r"
    def model_dump_json(self):
        return '{"name": "r"}'
class Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []
    def emit(self, record):
        self.lines.append(record.getMessage())
def logged(m, level):
    def run(request):
        logger = logging.getLogger("hostperf.test")
        logger.propagate = False
        logger.setLevel(level)
        kept = Kept()
        logger.addHandler(kept)
        try:
            return m.handle(request), kept.lines
        finally:
            logger.removeHandler(kept)
    return run
def calls(m):
    yield logged(m, logging.WARNING), (Request(),)
    yield logged(m, logging.DEBUG), (Request(),)

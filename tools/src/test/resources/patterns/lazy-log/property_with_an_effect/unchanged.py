# hot: 16
import logging

logger = logging.getLogger("hostperf.test")


class Feed:
    def __init__(self, rows):
        self.rows = rows

    @property
    def next_row(self):
        return self.rows.pop()

    def handle(self):
        logger.debug(f"next {self.next_row}")

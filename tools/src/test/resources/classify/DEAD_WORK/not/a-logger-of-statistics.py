def log(self, outputs):
    for logger in self.stat_loggers.values():
        logger.log(self._stats(outputs))  # hot

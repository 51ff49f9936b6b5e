import sys
import types


class Logger:
    """Joins its arguments and makes the message whatever the level is, as the engine's own does."""

    SEVERITIES = {"error": 40, "warning": 30, "info": 20, "verbose": 10, "debug": 10, "trace": 10}

    def __init__(self):
        self._level = "error"
        self.lines = []

    @property
    def level(self):
        return self._level

    def set_level(self, level):
        self._level = level

    def log(self, severity, *message):
        text = " ".join(map(str, message))
        if self.SEVERITIES[self._level] <= severity:
            self.lines.append(text)

    def debug(self, *message):
        self.log(10, *message)

    def info(self, *message):
        self.log(20, *message)


sys.modules["tensorrt_llm"] = types.ModuleType("tensorrt_llm")
sys.modules["tensorrt_llm.logger"] = types.ModuleType("tensorrt_llm.logger")
sys.modules["tensorrt_llm.logger"].logger = Logger()



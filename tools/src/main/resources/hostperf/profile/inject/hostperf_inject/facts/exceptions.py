"""Exceptions that are raised and handled within a step: each builds a traceback."""
import sys

from .ledger import is_foreign, name_of

# Iteration ends by one of these; that is no cost worth a line.
ORDINARY = ("StopIteration", "StopAsyncIteration", "GeneratorExit")


class Handled:
    name = "exceptions"

    def __init__(self, observer):
        self.observer = observer
        self.tool = None

    def start(self):
        monitoring = getattr(sys, "monitoring", None)
        if monitoring is None:
            return "needs Python 3.12 or newer"
        for tool in (4, 3, 1):  # 0, 2 and 5 are for debuggers, profilers and optimisers
            if monitoring.get_tool(tool) is None:
                monitoring.use_tool_id(tool, "hostperf")
                self.tool = tool
                break
        if self.tool is None:
            return "every monitoring slot of the interpreter is taken"
        self.event = monitoring.events.EXCEPTION_HANDLED
        monitoring.register_callback(self.tool, self.event, self.handled)
        # Once for all: each change makes the interpreter prepare all code anew.
        monitoring.set_events(self.tool, self.event)

    def enter(self):
        pass

    def leave(self):
        pass

    def handled(self, code, offset, exception):
        if not self.observer.local.active:
            return
        kind = type(exception).__name__
        if kind in ORDINARY or is_foreign(code.co_filename):
            return
        raised = exception.__traceback__
        line = raised.tb_lineno if raised is not None else code.co_firstlineno
        self.observer.ledger.at("exception", code.co_filename, line, name_of(code), kind)


def collectors(observer):
    return [Handled(observer)]

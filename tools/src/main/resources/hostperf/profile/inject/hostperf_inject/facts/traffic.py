"""Calls of the standard library, zmq, serialisers and torch that wait, log or serialise."""
import functools
import sys
import time

from .arming import StandIns

# (kind, module, class or "", function, how the bytes are known: "result", "argument" or "")
CALLS = [
    ("wait", "time", "", "sleep", ""),
    ("wait", "queue", "Queue", "get", ""),
    ("wait", "queue", "Queue", "put", ""),
    ("wait", "threading", "Event", "wait", ""),
    ("wait", "threading", "Condition", "wait", ""),
    ("wait", "threading", "Thread", "join", ""),
    ("wait", "concurrent.futures._base", "Future", "result", ""),
    ("wait", "multiprocessing.connection", "_ConnectionBase", "recv", ""),
    ("wait", "multiprocessing.connection", "_ConnectionBase", "poll", ""),
    ("wait", "multiprocessing.queues", "Queue", "get", ""),
    ("wait", "multiprocessing.synchronize", "SemLock", "__enter__", ""),
    ("wait", "multiprocessing.synchronize", "Condition", "wait", ""),
    ("wait", "multiprocessing.synchronize", "Event", "wait", ""),
    ("wait", "select", "", "select", ""),
    ("wait", "socket", "socket", "recv", "result"),
    ("wait", "socket", "socket", "accept", ""),
    ("wait", "zmq.sugar.socket", "Socket", "recv", "result"),
    ("wait", "zmq.sugar.socket", "Socket", "recv_multipart", "parts"),
    ("wait", "zmq.sugar.socket", "Socket", "poll", ""),
    ("wait", "torch.cuda", "", "synchronize", ""),
    ("wait", "torch.cuda", "Event", "synchronize", ""),
    ("wait", "torch.cuda", "Stream", "synchronize", ""),
    ("wait", "subprocess", "Popen", "wait", ""),
    ("serialise", "pickle", "", "dumps", "result"),
    ("serialise", "pickle", "", "loads", "argument"),
    ("serialise", "pickle", "", "dump", ""),
    ("serialise", "pickle", "", "load", ""),
    ("serialise", "cloudpickle", "", "dumps", "result"),
    ("serialise", "msgpack", "", "packb", "result"),
    ("serialise", "msgpack", "", "unpackb", "argument"),
    ("serialise", "msgspec.msgpack", "", "encode", "result"),
    ("serialise", "msgspec.msgpack", "", "decode", "argument"),
    ("serialise", "msgspec.json", "", "encode", "result"),
    ("serialise", "msgspec.json", "", "decode", "argument"),
    ("serialise", "orjson", "", "dumps", "result"),
    ("serialise", "orjson", "", "loads", "argument"),
    ("serialise", "multiprocessing.connection", "_ConnectionBase", "send", ""),
    ("serialise", "multiprocessing.queues", "Queue", "put", ""),
    ("serialise", "json", "", "dumps", "result"),
    ("serialise", "json", "", "loads", "argument"),
    ("serialise", "copy", "", "deepcopy", ""),
    ("serialise", "zmq.sugar.socket", "Socket", "send_pyobj", ""),
    ("serialise", "zmq.sugar.socket", "Socket", "recv_pyobj", ""),
    ("serialise", "zmq.sugar.socket", "Socket", "send", "argument"),
    ("serialise", "zmq.sugar.socket", "Socket", "send_multipart", "parts"),
] + [
    ("collective", "torch.distributed", "", name, "tensors")
    for name in ("all_reduce", "all_gather", "all_gather_into_tensor", "reduce_scatter",
                 "reduce_scatter_tensor", "broadcast", "all_to_all", "all_to_all_single", "send",
                 "recv", "barrier", "gather", "scatter", "all_gather_object",
                 "broadcast_object_list", "gather_object")
]


class Calls(StandIns):
    """Stands in for the functions in the modules that the program has imported by now."""

    name = "waits, serialisation and collectives"

    def start(self):
        others = {}
        for kind, module, owner, name, size in CALLS:
            home = sys.modules.get(module)
            holder = getattr(home, owner, None) if home is not None and owner else home
            original = getattr(holder, name, None)
            if original is None:
                continue
            label = "%s.%s" % (getattr(holder, "__qualname__", holder.__name__), name)
            other = self.around(original, label, kind, size)
            if isinstance(holder, type):
                self.stand_in(holder, name, other)
            else:
                others[id(original)] = (original, other)
        for module, name, other in everywhere(others):
            self.stand_in(module, name, other)

    def around(self, original, label, kind, size):
        observer = self.observer

        @functools.wraps(original)
        def wrapper(*args, **kwargs):
            local = observer.local
            if not local.active or local.inside:
                return original(*args, **kwargs)
            local.inside = True  # a Queue's get waits on a Condition: one fact, not two
            start = time.perf_counter()
            result = None
            try:
                result = original(*args, **kwargs)
                return result
            finally:
                local.inside = False
                observer.ledger.add(
                    kind, sys._getframe(1), label,
                    seconds=time.perf_counter() - start, size=length(size, result, args))

        return wrapper


def everywhere(others):
    """Where modules hold these functions: `from pickle import dumps` makes one more reference."""
    for module in list(sys.modules.values()):
        attributes = getattr(module, "__dict__", None)
        if not isinstance(attributes, dict) or getattr(module, "__name__", "").startswith("hostperf_inject"):
            continue
        for key, value in list(attributes.items()):
            known = others.get(id(value))
            if known is not None and known[0] is value:
                yield module, key, known[1]


def length(size, result, args):
    if size == "tensors":
        return sum(bytes_of(a) for a in args)
    if size == "parts":
        parts = result if isinstance(result, list) else args[-1] if args else ()
        return sum(length("result", part, ()) for part in parts)
    args = args[1:] if args and not isinstance(args[0], (bytes, bytearray, memoryview, str)) else args
    value = result if size == "result" else args[0] if size == "argument" and args else None
    return len(value) if isinstance(value, (bytes, bytearray, memoryview, str)) else 0


def bytes_of(value):
    if isinstance(value, (list, tuple)):
        return sum(bytes_of(item) for item in value)
    if hasattr(value, "element_size") and hasattr(value, "nelement"):
        return value.element_size() * value.nelement()
    return 0


class Logs(StandIns):
    """Log calls, and whether their level is on: if not, their arguments were made for nothing."""

    name = "log calls and their levels"

    def start(self):
        logging = sys.modules.get("logging")
        if logging is None:
            return "the program does not use the module logging"
        original = logging.Logger.isEnabledFor
        observer = self.observer
        own = logging.__file__

        def isEnabledFor(logger, level):
            answer = original(logger, level)
            if observer.local.active:
                frame = sys._getframe(1)
                # A guard in the program's own code is the cure, not the fault.
                if frame.f_code.co_filename == own:
                    kind = "log_on" if answer else "log_off"
                    observer.ledger.add(kind, frame, logging.getLevelName(level))
            return answer

        self.stand_in(logging.Logger, "isEnabledFor", isEnabledFor)


def collectors(observer):
    return [Calls(observer), Logs(observer)]

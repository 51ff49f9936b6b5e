"""What was seen, by kind and line."""
import os
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STANDARD = os.path.dirname(os.path.abspath(os.__file__))
MOST_CALLERS = 40

_foreign = {}


def is_foreign(file):
    """Code that is not the engine's: ours, Python's own, torch's."""
    known = _foreign.get(file)
    if known is None:
        torch = sys.modules.get("torch")
        homes = [HERE, STANDARD]
        if torch is not None and getattr(torch, "__file__", None):
            homes.append(os.path.dirname(torch.__file__))
        inside = any(file.startswith(home + os.sep) for home in homes)
        packages = os.path.join(STANDARD, "site-packages")
        is_package = inside and file.startswith(packages) and not any(
            file.startswith(home + os.sep) for home in homes if home != STANDARD)
        known = _foreign[file] = (inside and not is_package) or file.startswith("<")
    return known


def caller(frame):
    """The innermost line of the engine's own code, from this frame outwards."""
    first = frame
    for _ in range(MOST_CALLERS):
        if frame is None:
            break
        if not is_foreign(frame.f_code.co_filename):
            return frame
        frame = frame.f_back
    return first


class Ledger:
    def __init__(self):
        self.step = 0
        self.entries = {}

    def add(self, kind, frame, detail="", count=1, seconds=0.0, size=0):
        """`size` in bytes; `detail` tells entries of one line apart."""
        place = caller(frame)
        code = place.f_code
        self.at(kind, code.co_filename, place.f_lineno, name_of(code), detail, count, seconds, size)

    def at(self, kind, file, line, function, detail="", count=1, seconds=0.0, size=0):
        key = (kind, file, line or 0, function, detail)
        entry = self.entries.get(key)
        if entry is None:
            self.entries[key] = [count, seconds, size]
        else:
            entry[0] += count
            entry[1] += seconds
            entry[2] += size

    def rows(self):
        return [row(*key, *values) for key, values in self.entries.items()]


def row(kind, file, line, function, detail, count, seconds=0.0, size=0):
    return {
        "kind": kind,
        "file": os.path.abspath(file),
        "line": line,
        "function": function,
        "detail": detail,
        "count": count,
        "microseconds": int(seconds * 1e6),
        "bytes": int(size),
    }


def name_of(code):
    return getattr(code, "co_qualname", code.co_name)

"""Writes down which code and settings of a checkout this process reads, then hands on to the
sitecustomize it hides."""
import os
import sys


def _hand_on(folder):
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    sys.path[:] = [p for p in sys.path if os.path.realpath(p or os.curdir) != folder]
    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is not None and spec.loader is not None:
        module = module_from_spec(spec)
        sys.modules["sitecustomize"] = module
        spec.loader.exec_module(module)


def _watch(root, record):
    join, realpath, getcwd = os.path.join, os.path.realpath, os.getcwd
    open_, write, close, fsdecode = os.open, os.write, os.close, os.fsdecode
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    ends = (".py", ".pyi", ".pyx", ".pyc", ".pth", ".so", ".pyd", ".ini", ".cfg", ".toml")
    cache = os.sep + "__pycache__" + os.sep
    seen = set()

    def note(line):
        to = open_(record, flags, 0o600)
        try:
            write(to, (line + "\n").encode("utf-8", "surrogateescape"))
        finally:
            close(to)

    def source(path):
        """Of a file in __pycache__, the one it was compiled from."""
        folder, found, name = path.rpartition(cache)
        return join(folder, name.split(".")[0] + ".py") if found else path

    def hook(event, args):
        if event != "open" and event != "import":
            return
        path = args[0] if event == "open" else args[1]
        try:
            if isinstance(path, bytes):
                path = fsdecode(path)
            if not isinstance(path, str) or not path.endswith(ends):
                return
            path = join(getcwd(), path)
            if path in seen:
                return
            seen.add(path)
            path = source(realpath(path))
            if path.startswith(root + os.sep):
                note(path[len(root) + 1 :])
        except Exception:  # The tests have to run whatever happens here.
            pass

    note("")
    sys.addaudithook(hook)


def _start():
    root, record = os.environ.get("HOSTPERF_READS_OF"), os.environ.get("HOSTPERF_READS")
    if root and record:
        try:
            _watch(os.path.realpath(root), record)
        except Exception as e:
            print("hostperf: what the tests read is not seen:", repr(e), file=sys.stderr)
    _hand_on(os.path.dirname(os.path.realpath(__file__)))


_start()

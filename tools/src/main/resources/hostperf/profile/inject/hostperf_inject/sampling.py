"""Makes this process known to the sampler outside, or samples it from inside.

Set by the launcher: TLLM_HOSTPERF_SAMPLES, to which `.<pid>.process.json` (which process this is)
and, at its end, `.<pid>.modules.json` (the names of its modules by file) are added, and TLLM_HOSTPERF_SAMPLER: `outside`, where a profiler attaches to the process, or the
rate of an inside sampler in samples a second. That one is a thread: it gets its turn when the
global interpreter lock is free, so it sees native code that holds the lock only at its end. It
leaves `.<pid>.inside.json` in speedscope's format.
"""
import os
import sys

from . import ends, record

PR_SET_PTRACER = 0x59616D61


def start():
    prefix = os.environ.get("TLLM_HOSTPERF_SAMPLES")
    if not prefix:
        return
    sampler = os.environ.get("TLLM_HOSTPERF_SAMPLER", "outside")
    if sampler == "outside":
        allow_tracing()
        introduce(prefix)
        ends.watch(Modules(prefix))
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=allow_tracing)
    else:
        introduce(prefix)
        from . import inside

        inside.start(prefix, float(sampler), Modules(prefix))


def introduce(prefix):
    content = record.place()
    content["command"] = list(getattr(sys, "orig_argv", None) or getattr(sys, "argv", []))
    with record.atomic("%s.%d.process.json" % (prefix, record.process_number())) as stream:
        stream.write(record.as_json(content))


class Modules:
    """Under which name the interpreter has each file: a path alone does not tell, since packages
    need no `__init__.py` and search paths lie anywhere."""

    def __init__(self, prefix):
        self.prefix = prefix
        # Python takes the script's `__file__` away before the process ends.
        script = (getattr(sys, "argv", None) or [""])[0]
        self.script = os.path.abspath(script) if script.endswith(".py") else None

    def forget(self):
        pass

    def write(self, _end="exit"):
        names = {self.script: "__main__"} if self.script else {}
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if isinstance(file, str):
                path = os.path.abspath(file)
                # A script that is imported too is better known by its own name.
                if names.get(path, "__main__") == "__main__":
                    names[path] = name
        with record.atomic("%s.%d.modules.json" % (self.prefix, record.process_number())) as stream:
            stream.write(record.as_json(names))


def allow_tracing():
    """Where the kernel lets only ancestors trace a process (Yama's scope 1), it may allow others."""
    if not sys.platform.startswith("linux"):
        return
    try:
        with open("/proc/sys/kernel/yama/ptrace_scope") as scope:
            if scope.read().strip() != "1":
                return
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PTRACER, ctypes.c_ulong(-1), 0, 0, 0)
    except (OSError, ImportError, AttributeError):
        pass  # then the profiler outside says that it may not attach

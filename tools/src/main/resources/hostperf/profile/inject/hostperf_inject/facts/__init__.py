"""The pass `facts`: what each line does while the engine's steps run.

Set by the launcher: TLLM_HOSTPERF_FACTS, to which `.<pid>.facts.json` is added;
TLLM_HOSTPERF_ROOT, the function whose calls are the steps; TLLM_HOSTPERF_SKIP, how many of its
first calls are warm-up; TLLM_HOSTPERF_WATCH, a comma list of functions whose repeated calls are
looked for; TLLM_HOSTPERF_WITHOUT, a comma list of collectors to leave out.

Everything is counted only while the root runs, after its warm-up. A collector that cannot work here
says why in the file; the others go on. Runs on Python 3.8 and later, with or without torch.
"""
import os


def start():
    prefix = os.environ.get("TLLM_HOSTPERF_FACTS")
    root = os.environ.get("TLLM_HOSTPERF_ROOT", "")
    if not prefix or not root:
        return
    from .. import ends, imports, targets
    from . import observer

    watched = os.environ.get("TLLM_HOSTPERF_WATCH", "")
    names = targets.parse(",".join([root, watched]))
    observed = observer.Observer(
        prefix,
        names,
        names.all[0],
        int(os.environ.get("TLLM_HOSTPERF_SKIP", "0")),
        [w for w in os.environ.get("TLLM_HOSTPERF_WITHOUT", "").split(",") if w],
    )
    # A collective's own thread that waits for the device would have torch write a line each time,
    # since no Python code runs there. torch reads this when it is imported.
    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")
    ends.watch(observed)
    imports.watch(names, observed)

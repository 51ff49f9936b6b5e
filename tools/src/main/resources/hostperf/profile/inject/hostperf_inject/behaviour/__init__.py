"""Records what functions are given, what they give, and what they change, for a comparison of two
versions of a program.

Set by the launcher: TLLM_HOSTPERF_BEHAVIOUR, to which `.<pid>.behaviour.jsonl` is added;
TLLM_HOSTPERF_COMPARED, a comma list of the functions to record; TLLM_HOSTPERF_CHANGED, those that
differ between the versions. A call below one of the changed functions is theirs to make or leave, so
only calls from elsewhere are recorded.
"""
import os


def start():
    prefix = os.environ.get("TLLM_HOSTPERF_BEHAVIOUR")
    if not prefix:
        return
    import random

    from .. import ends, imports, targets
    from . import recorder

    random.seed(0)
    compared = os.environ.get("TLLM_HOSTPERF_COMPARED", "")
    changed = os.environ.get("TLLM_HOSTPERF_CHANGED", "")
    names = targets.parse(",".join([compared, changed]))
    recorded = recorder.Recorder(
        prefix, names, set(targets.split(compared)), set(targets.split(changed)))
    ends.watch(recorded)
    imports.watch(names, recorded)

"""Profiles named functions of any Python program, line by line, in each of its processes.

Set by the launcher: TLLM_HOSTPERF_PREFIX, to which `.<pid>.txt` (line_profiler's report) and
`.<pid>.json` (what was found and how the process ended) are added, TLLM_HOSTPERF_FUNCTIONS, a comma
list, and TLLM_HOSTPERF_ROOT, the one of them whose calls are timed. The prefix TLLM is one that TensorRT-LLM passes on to its workers.

Nothing of the program is imported earlier than the program does it; line_profiler is imported when
the first of the named functions is defined. Runs on Python 3.8 and later.
"""
import os


def start():
    from . import behaviour, facts, sampling, swap

    sampling.start()
    facts.start()
    behaviour.start()
    swap.start()
    prefix = os.environ.get("TLLM_HOSTPERF_PREFIX")
    if not prefix:
        return
    from . import ends, imports, record, targets

    names = targets.parse(os.environ.get("TLLM_HOSTPERF_FUNCTIONS", ""))
    recorder = record.Recorder(prefix, names, os.environ.get("TLLM_HOSTPERF_ROOT", ""))
    ends.watch(recorder)
    imports.watch(names, recorder)

"""Line profiling of the executor's host code, switched on by the environment.

TLLM_LINE_PROFILER_PATH       file that gets the report; without it nothing is profiled
TLLM_LINE_PROFILER_FUNCTIONS  comma-separated functions instead of the default ones:
                              `module.Class.method` or `module::function`
"""
from __future__ import annotations

import contextlib
import importlib
import logging
import os
from typing import Any, Callable, Iterator, List, Optional

logger = logging.getLogger(__name__)

PATH_VARIABLE = "TLLM_LINE_PROFILER_PATH"
FUNCTIONS_VARIABLE = "TLLM_LINE_PROFILER_FUNCTIONS"

DEFAULT_FUNCTIONS = (
    "mini_executor.py_executor.PyExecutor._prepare_and_schedule_batch",
    "mini_executor.py_executor.PyExecutor._forward_step",
    "mini_executor.py_executor.PyExecutor._sample_async",
    "mini_executor.py_executor.PyExecutor._update_requests",
    "mini_executor.py_executor.PyExecutor._handle_responses",
    "mini_executor.sampler.Sampler.sample_async",
    "mini_executor.sampler.Sampler.update_requests",
    "mini_executor.resource_manager.ResourceManager.prepare_resources",
)


def resolve(name: str) -> Callable[..., Any]:
    """The plain function behind a name, whatever wraps it."""
    if "::" in name:
        module_name, _, function_name = name.partition("::")
        found = getattr(importlib.import_module(module_name), function_name)
    else:
        module_name, class_name, method_name = name.rsplit(".", 2)
        found = vars(getattr(importlib.import_module(module_name), class_name))[method_name]
    if isinstance(found, (staticmethod, classmethod)):
        found = found.__func__
    if isinstance(found, property):
        found = found.fget
    while hasattr(found, "__wrapped__"):
        found = found.__wrapped__
    return found


def requested_functions() -> List[str]:
    named = os.environ.get(FUNCTIONS_VARIABLE, "")
    return [name.strip() for name in named.split(",") if name.strip()] or list(DEFAULT_FUNCTIONS)


@contextlib.contextmanager
def host_profiler_context() -> Iterator[Optional[Any]]:
    """Profiles the code inside and writes the report at its end."""
    path = os.environ.get(PATH_VARIABLE)
    if not path:
        yield None
        return
    try:
        from line_profiler import LineProfiler
    except ImportError:
        logger.error("line_profiler is not installed: no profile is written to %s", path)
        yield None
        return
    profiler = LineProfiler()
    for name in requested_functions():
        try:
            profiler.add_function(resolve(name))
        except (ImportError, AttributeError, KeyError, ValueError) as error:
            logger.warning("%s cannot be profiled: %s", name, error)
    profiler.enable_by_count()
    try:
        yield profiler
    finally:
        profiler.disable_by_count()
        with open(path, "w", encoding="utf-8") as report:
            profiler.print_stats(stream=report)

# hot: 6
import functools
import os


@functools.cache
def is_enabled():
    return os.environ.get("HOSTPERF_TEST_FLAG", "0") == "1"

# hot: 6
import os


def is_enabled():
    return os.environ.get("HOSTPERF_TEST_FLAG", "0") == "1"

# hot: 7
# because: callers could write into
import os


def parts():
    return [os.environ.get("HOSTPERF_TEST_FLAG", "0")]

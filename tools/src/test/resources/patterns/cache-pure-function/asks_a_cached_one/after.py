# hot: 11
import functools
from platform import system


def is_linux():
    return system() == "Linux"


@functools.cache
def is_old_linux():
    if not is_linux():
        return False
    return " ".join([system()]).lower() == "oldlinux"

# hot: 12
import functools
from platform import system


@functools.cache
def is_linux():
    return system() == "Linux"


def is_old_linux():
    if not is_linux():
        return False
    return " ".join([system()]).lower() == "oldlinux"

# hot: 5
import re

_NUMBER_RE = re.compile(r"(\d+)")

def number(text):
    return _NUMBER_RE.match(text) is not None

# hot: 6
import re

_WORDS_RE = re.compile(r"\s+", re.A | re.M)


def words(text):
    return _WORDS_RE.sub(" ", text).split()

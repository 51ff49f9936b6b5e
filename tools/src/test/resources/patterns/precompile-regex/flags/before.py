# hot: 6
import re


def words(text):
    return re.sub(r"\s+", " ", text, flags=re.A | re.M).split()

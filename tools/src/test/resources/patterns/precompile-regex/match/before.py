# hot: 5
import re

def number(text):
    return re.match(r"(\d+)", text) is not None

# hot: 6
# because: is not a literal
import re

def number(pattern, text):
    return re.match(pattern, text) is not None

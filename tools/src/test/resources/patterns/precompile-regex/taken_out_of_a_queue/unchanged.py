# hot: 6
# because: no literal
import re

def match(q, text):
    return re.match(q.get(), text)

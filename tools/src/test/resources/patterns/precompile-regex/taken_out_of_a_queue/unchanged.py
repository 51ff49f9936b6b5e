# hot: 6
# because: not a literal
import re

def match(q, text):
    return re.match(q.get(), text)

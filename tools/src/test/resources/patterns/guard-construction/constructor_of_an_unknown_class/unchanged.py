# hot: 8
# because: more than give a value
from elsewhere import Connection

def collect(requests):
    out = []
    for r in requests:
        c = Connection(r.data)
        if r.data is not None:
            out.append(c)
    return out

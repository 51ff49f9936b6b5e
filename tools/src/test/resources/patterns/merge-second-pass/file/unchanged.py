# hot: 9
# because: run out
def collect(path):
    source = open(path)
    first = []
    for line in source:
        first.append(line)
    rest = []
    for line in source:
        rest.append(line)
    return first, rest

# hot: 6
# because: passed on
def steps(values, turns, out):
    xs = list(values)
    for t in turns:
        xs = sorted(xs, key=t)
        out.append(xs)
    return out

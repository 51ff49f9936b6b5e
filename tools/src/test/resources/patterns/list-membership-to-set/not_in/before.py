# hot: 6
def running(requests, finished: list):
    done = list(finished)
    out = []
    for r in requests:
        if r not in done:
            out.append(r)
    return out

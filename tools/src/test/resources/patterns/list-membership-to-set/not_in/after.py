# hot: 6
def running(requests, finished: list):
    done = list(finished)
    out = []
    done_set = set(done)
    for r in requests:
        if r not in done_set:
            out.append(r)
    return out

# hot: 5
def warm_up(engine, sizes):
    out = []
    for n in sizes:
        out.append(n + engine.config.
                   num_warmups)
    return out

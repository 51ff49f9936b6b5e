# hot: 5
def warm_up(engine, sizes):
    out = []
    config_num_warmups = engine.config.num_warmups
    for n in sizes:
        out.append(n + config_num_warmups)
    return out

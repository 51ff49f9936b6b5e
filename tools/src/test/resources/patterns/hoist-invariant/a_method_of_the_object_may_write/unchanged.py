# hot: 6
# because: may change it
def drain(engine, requests):
    out = []
    for r in requests:
        out.append(engine.state.left.count)
        engine.state.left.take(r)
    return out

# hot: 4
def drain(engine, requests):
    for r in requests:
        engine.state.left.count = engine.state.left.count - r
    return engine.state.left.count

# hot: 12
# because: may change it
class Left:
    count: int
class State:
    left: Left
class Engine:
    state: State
def drain(engine: Engine, requests: list):
    out = []
    for r in requests:
        out.append(engine.state.left.count)
        engine.state.left.take(r)
    return out

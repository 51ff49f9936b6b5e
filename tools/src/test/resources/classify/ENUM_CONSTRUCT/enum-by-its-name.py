def ready(req):
    state = RequestState(req.state_value)  # hot
    return state

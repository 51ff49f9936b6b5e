# hot: 15
class Params:
    top_k: int


class Sampling:
    params: Params


class Request:
    sampling: Sampling


def key(request: Request):
    return (request.sampling.params.top_k,
            request.sampling.params.top_k + 1)

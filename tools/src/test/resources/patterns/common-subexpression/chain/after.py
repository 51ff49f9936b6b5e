# hot: 15
class Params:
    top_k: int


class Sampling:
    params: Params


class Request:
    sampling: Sampling


def key(request: Request):
    params_top_k = request.sampling.params.top_k
    return (params_top_k,
            params_top_k + 1)

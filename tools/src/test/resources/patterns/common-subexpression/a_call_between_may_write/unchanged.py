# hot: 10
# because: may change it
class Params:
    top_k: int
class Sampling:
    params: Params
class Request:
    sampling: Sampling
def key(request: Request):
    return (request.sampling.params.top_k, request.sampling.advance(), request.sampling.params.top_k)

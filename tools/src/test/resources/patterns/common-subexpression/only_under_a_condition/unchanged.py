# hot: 4
# because: only under a condition
def key(request):
    return request is not None and request.sampling.params.top_k + request.sampling.params.top_k

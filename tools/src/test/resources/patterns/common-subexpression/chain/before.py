# hot: 3
def key(request):
    return (request.sampling.params.top_k,
            request.sampling.params.top_k + 1)

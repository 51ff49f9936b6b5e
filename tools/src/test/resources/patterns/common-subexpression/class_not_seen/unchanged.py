# hot: 4
# because: more than give a value
def key(request):
    return (request.sampling.params.top_k,
            request.sampling.params.top_k + 1)

# hot: 4
# because: may change it
def key(request):
    return (request.sampling.params.top_k, request.sampling.advance(), request.sampling.params.top_k)

# hot: 3
def key(request):
    top_k = request.sampling.params.top_k
    return (top_k,
            top_k + 1)

# hot: 4
# because: not seen to be one tensor
def lengths(counts, requests):
    return [counts[i].item() for i in range(len(requests))]

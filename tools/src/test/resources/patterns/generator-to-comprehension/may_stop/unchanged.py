# hot: 4
# because: may raise StopIteration
def heads(iterators):
    return tuple(next(i) for i in iterators)

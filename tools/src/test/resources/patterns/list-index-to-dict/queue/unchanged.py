# hot: 5
# because: not seen to be a list
def rows(q, requests):
    for block in requests:
        yield q.index(block)

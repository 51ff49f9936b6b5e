# hot: 4
# because: by its name only
def mark(seq_lens, n: int):
    seq_lens[n] = 1
    return seq_lens

def fill(seqs, out):
    for s in seqs:
        out.append(len(s.last_block()) - 1)  # hot

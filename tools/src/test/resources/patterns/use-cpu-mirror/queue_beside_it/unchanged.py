# hot: 4
def longest(q, q_items):
    n = q_items[0]
    return q.get().item() + n

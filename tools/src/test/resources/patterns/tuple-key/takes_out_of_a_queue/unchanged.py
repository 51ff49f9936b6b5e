# hot: 3
def key(q, table):
    name = f"{q.get()}-{q.get()}"
    return table[name]

# hot: 3
def shown(rows):
    return f"{set(r[0] for r in rows)}"

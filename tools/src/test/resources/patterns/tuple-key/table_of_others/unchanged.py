# hot: 4
# because: is not made here
def look(table, a, b):
    key = f"{a}-{b}"
    return table[key]

# hot: 6
# because: not seen to be a list
def pack(prompt):
    out = []
    for i in range(len(prompt)):
        out.append(prompt[i])
    return out

# hot: 5
def pack(prompt: list):
    input_ids = []
    position_ids = []
    for position in range(len(prompt)):
        input_ids.append(prompt[position])
        position_ids.append(position)
    return input_ids, position_ids

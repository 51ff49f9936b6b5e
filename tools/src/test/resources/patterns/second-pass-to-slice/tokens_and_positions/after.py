# hot: 5
def pack(prompt: list):
    input_ids = []
    position_ids = []
    input_ids.extend(prompt)
    position_ids.extend(range(len(prompt)))
    return input_ids, position_ids

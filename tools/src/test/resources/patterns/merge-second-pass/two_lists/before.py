# hot: 8
def collect(requests: list):
    ids = []
    for r in requests:
        ids.append(r.request_id)
    # slots as well
    slots = []
    for r in requests:
        slots.append(r.seq_slot)  # may be None
    return ids, slots

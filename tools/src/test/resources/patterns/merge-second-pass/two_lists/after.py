# hot: 8
def collect(requests: list):
    ids = []
    slots = []
    for r in requests:
        ids.append(r.request_id)
        slots.append(r.seq_slot)  # may be None
    # slots as well
    return ids, slots

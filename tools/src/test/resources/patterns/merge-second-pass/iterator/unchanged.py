# hot: 8
# because: run out
def collect(requests):
    ids = []
    for r in requests:
        ids.append(r.request_id)
    slots = []
    for r in requests:
        slots.append(r.seq_slot)
    return ids, slots

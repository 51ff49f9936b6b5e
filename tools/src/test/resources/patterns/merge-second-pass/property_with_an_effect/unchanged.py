# hot: 16
class Request:
    def __init__(self, rows):
        self.rows = rows

    @property
    def taken(self):
        return self.rows.pop()


def collect(requests: list[Request]):
    ids = []
    for r in requests:
        ids.append(r.taken)
    slots = []
    for r in requests:
        slots.append(r.taken)
    return ids, slots

# hot: 14
# because: more than give a value
class Ticket:
    made = []

    def __init__(self, data):
        self.data = data
        Ticket.made.append(self)


def collect(requests):
    out = []
    for r in requests:
        ticket = Ticket(r.data)
        if r.data is not None:
            out.append(ticket)
    return out

# hot: 14
# because: may have an effect
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

# hot: 13
class Feed:
    def __init__(self, rows):
        self.rows = rows

    @property
    def next_row(self):
        return self.rows.pop()


class Worker:
    def pair(self):
        return self.feed.next_row.value - self.feed.next_row.value

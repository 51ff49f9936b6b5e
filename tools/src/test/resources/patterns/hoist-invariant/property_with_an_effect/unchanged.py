# hot: 16
# because: more than give a value
class Feed:
    def __init__(self, rows):
        self.rows = rows

    @property
    def next_row(self):
        return self.rows.pop()


class Worker:
    def run(self, feed: Feed, count):
        out = []
        for _ in range(count):
            out.append(feed.next_row.value)
        return out

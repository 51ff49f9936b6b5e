# hot: 3
def spread(self, rows):
    return self.group.join(r[0] for r in rows)

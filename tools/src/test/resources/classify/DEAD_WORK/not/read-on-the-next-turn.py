def walk(self, rows):
    last = None
    for r in rows:
        self.link(last, r)
        last = self.node(r)  # hot

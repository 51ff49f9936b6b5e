def drain(self, reqs):
    for r in reqs:
        left = self.pool.size()  # hot
        self.pool.pop()
        r.take(left)

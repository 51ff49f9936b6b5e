def gather(self, reqs):
    out = []
    for r in reqs:
        limit = self.pool.free_blocks()  # hot
        out.append(min(limit, r.need))
    return out

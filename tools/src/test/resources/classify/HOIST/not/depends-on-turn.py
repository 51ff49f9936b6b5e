def gather(self, reqs):
    out = []
    for r in reqs:
        limit = self.pool.free_blocks(r.group)  # hot
        out.append(limit)
    return out

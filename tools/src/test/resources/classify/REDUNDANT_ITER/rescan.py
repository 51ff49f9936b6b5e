def evict(self, n):
    out = []
    for _ in range(n):
        for key, block in self.blocks.items():
            if block.refs > 0:  # hot
                continue
            out.append(key)
            break
    return out

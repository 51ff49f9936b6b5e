def step(self):
    self.gc_stats.collect_all(3)  # hot

class Runner:
    def replay(self, ids, positions, slots, lengths, tables):
        self.ids_gpu.copy_(ids)
        self.positions_gpu.copy_(positions)  # hot
        self.slots_gpu.copy_(slots)
        self.lengths_gpu.copy_(lengths)
        self.tables_gpu.copy_(tables)

class Batch:
    def condense(self, to, last):
        self.token_ids_cpu[to] = self.token_ids_cpu[last]  # hot

class Sequence:
    def __getstate__(self):
        return (self.num_tokens, self.blocks, self.token_ids)  # hot

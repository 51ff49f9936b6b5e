class Block:
    def reset(self, size):
        self.tokens = [0] * size  # hot

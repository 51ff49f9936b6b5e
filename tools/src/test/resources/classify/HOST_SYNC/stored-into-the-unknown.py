class States:
    def add(self, index, length):
        self.diffusion.prompt_len[index] = length  # hot

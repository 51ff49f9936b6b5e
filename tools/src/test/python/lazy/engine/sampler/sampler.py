class Sampler:
    def sample(self):
        return 1

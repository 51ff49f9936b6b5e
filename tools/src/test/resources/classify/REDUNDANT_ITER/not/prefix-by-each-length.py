import numpy as np
class Runner:
    def prepare(self, lens):
        return np.concatenate([self.arange_np[:n] for n in lens])  # hot

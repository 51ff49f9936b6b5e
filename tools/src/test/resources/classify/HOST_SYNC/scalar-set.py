class Rows:
    def add(self, row):
        self.accepted_gpu[row] = 1  # hot

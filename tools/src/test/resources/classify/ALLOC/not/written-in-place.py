class Backend:
    def prepare(self, n):
        self.indptr.fill_(n)  # hot

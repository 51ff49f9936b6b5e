class Dispatcher:
    def find(self, x):
        for kind, run in self.table:  # hot
            if isinstance(x, kind):
                return run(x)

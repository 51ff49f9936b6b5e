class Stage:
    def loop(self, steps):
        for step in steps:
            ids = self.recv_from_previous()  # hot
            self.run(step, ids)

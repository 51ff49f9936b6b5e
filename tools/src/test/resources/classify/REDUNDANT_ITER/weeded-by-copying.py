class Reports:
    def release(self, key):
        self.reports = {k: v for k, v in self.reports.items() if k[0] != key}  # hot

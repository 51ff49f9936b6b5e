def collect(self, result):
    return self.thread.submit(result.get_output)  # hot

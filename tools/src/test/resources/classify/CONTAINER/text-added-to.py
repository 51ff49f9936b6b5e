class State:
    def append(self, chunk):
        self.text += chunk  # hot

class Wrapper:
    def __getattr__(self, name):
        raise AttributeError(f"no {name} in {self.runnable}")  # hot

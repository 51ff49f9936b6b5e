class Lazy:
    def __getattr__(self, name):
        return self.table[name]()  # hot

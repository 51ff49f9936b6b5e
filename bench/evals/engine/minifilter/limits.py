"""Which tokens may not be put out."""


class Limits:
    def __init__(self, words):
        self.words = list(words)

    def ban(self, word):
        self.words.append(word)

    @property
    def table(self):
        """The banned tokens: each word stands for its third multiple."""
        return sorted({word * 3 for word in self.words})

    def allows(self, token):
        return token not in self.table

# hot: 8
# because: not seen to be a tensor
class Holder:
    def __init__(self, feed):
        self.feed = feed

    def forward(self, query):
        self.feed = self.feed.to(query.device)
        return self.feed

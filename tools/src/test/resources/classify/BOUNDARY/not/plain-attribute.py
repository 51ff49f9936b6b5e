class Proposer:
    def propose(self, request):
        ids = self.lookup(request)  # hot
        return ids

# hot: 7
class Coordinator:
    def __init__(self, managers):
        self.managers = managers

    def allocate(self, request, tokens):
        return tuple(
            manager.allocate(request, tokens)  # in order
            for manager in self.managers
            if manager is not None
        )

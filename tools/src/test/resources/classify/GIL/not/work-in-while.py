def drain(self, queue):
    while queue:
        self.take(queue.popleft())  # hot

# hot: 8
from collections import deque
class Queue:
    canceled_ids: list
    waiting: deque
    def drop(self):
        self.waiting = deque(
            item for item in self.waiting
            if item not in set(self.canceled_ids))
        return list(self.waiting)

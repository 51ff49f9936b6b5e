# hot: 8
from collections import deque
class Queue:
    canceled_ids: list
    waiting: deque
    def drop(self):
        canceled_ids_set = set(self.canceled_ids)
        self.waiting = deque(
            item for item in self.waiting
            if item not in canceled_ids_set)
        return list(self.waiting)

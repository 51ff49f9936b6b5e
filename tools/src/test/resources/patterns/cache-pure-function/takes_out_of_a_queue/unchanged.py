# hot: 6
import queue
q = queue.Queue()

def following():
    return str(q.get()).strip()

import time

def acquire(self):
    while True:
        count = self.flag[0]  # hot
        if count:
            break
        time.sleep(0)

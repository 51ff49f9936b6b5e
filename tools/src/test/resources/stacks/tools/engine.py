"""An engine of which the parts of a step are known in order: hash, then comprehension, then sort."""
import hashlib
import sys
import threading
import time


def block_hash(tokens, rounds):
    state = b""
    for token in tokens[:rounds]:
        state = hashlib.sha256(
            state
            + token.to_bytes(4, "little")
        ).digest()
    return state


class Engine:
    def __init__(self):
        self.tokens = list(range(600))
        self.running = True

    def admit(self):
        return block_hash(self.tokens, 500)

    def prepare(self):
        return block_hash(self.tokens, 300)

    def plan(self):
        return sum(
            [token * token % 7 for token in self.tokens]
        ) + sum(token for token in self.tokens if token & 1)

    def order(self):
        return sorted(self.tokens, key=lambda token: -token)

    def step(self):
        self.admit()
        self.prepare()
        self.plan()
        self.order()

    def poll(self):
        while self.running:
            time.sleep(0.01)


def main(seconds):
    engine = Engine()
    poller = threading.Thread(target=engine.poll, name="poller")
    poller.start()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        engine.step()
    engine.running = False
    poller.join()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)

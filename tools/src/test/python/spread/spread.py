"""Steps whose cost is spread: one costly function, called from three others, each of which spends
some 34 to 64% of its own time in that call."""
import sys
import time


def burn(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass


def digest():
    end = time.perf_counter() + 0.0008
    while time.perf_counter() < end:
        pass


class Engine:
    def step(self):
        self.admit()
        self.prepare()
        self.update()

    def admit(self):
        digest()
        burn(0.0005)

    def prepare(self):
        burn(0.0008)
        digest()

    def update(self):
        burn(0.0014)
        digest()


def main():
    engine = Engine()
    for _ in range(int(sys.argv[1])):
        engine.step()


if __name__ == "__main__":
    main()

import time

from tiny.engine import Config, Engine

engine = Engine(Config(list(range(60))))
begin = time.perf_counter()
kept = [engine.step(list(range(40))) for _ in range(60)]
seconds = time.perf_counter() - begin
with open("tokens.txt", "w") as out:
    out.write(str(kept))
print(f"throughput={60 / seconds:.2f}")

"""In place of a benchmark: prints a throughput that was recorded of the version of the engine that lies here, another
one at each launch. A few steps are real, so that behaviour can be compared."""

import json
import pathlib

from tiny.engine import Config, Engine

HERE = pathlib.Path(__file__).resolve().parent
MARKS = {"hoisted": "in banned:", "sorted": "in sorted(", "base": ""}

source = (HERE / "tiny/engine.py").read_text()
version = next(name for name, mark in MARKS.items() if mark in source)
figures = json.loads((HERE / "figures.json").read_text())[version]
launches = HERE / ".launches"
counts = json.loads(launches.read_text()) if launches.exists() else {}
count = counts.get(version, 0)
launches.write_text(json.dumps({**counts, version: count + 1}))

engine = Engine(Config(list(range(60))))
kept = [engine.step(list(range(number, 40 + number))) for number in range(20)]
(HERE / "tokens.txt").write_text(str(kept))
print(f"throughput={figures[count % len(figures)]:.1f}")

"""A stack of calls each of which spends its time in the next."""
from minilm.executor import run

run(20)
print("Throughput (tok/s): 20.0")

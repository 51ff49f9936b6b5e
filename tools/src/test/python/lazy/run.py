"""Uses a function through a re-export's home, and a class that its package provides lazily."""
import sys

import engine
import engine.sampler

assert "engine.sampler.sampler" not in sys.modules
engine.impl.loop(5)
engine.sampler.Sampler().sample()

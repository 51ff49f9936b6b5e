import importlib


def __getattr__(name):
    if name != "Sampler":
        raise AttributeError(name)
    return importlib.import_module("engine.sampler.sampler").Sampler

"""A small executor for language models, in the shape of a PyTorch serving backend."""

from .impl import step

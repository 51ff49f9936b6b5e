LEVELS = ["error", "warning", "info", "verbose", "debug", "trace"]


def logged(m, level):
    def run(requests):
        m.logger.set_level(level)
        m.logger.lines.clear()
        return m.handle(requests), list(m.logger.lines)

    return run


def calls(m):
    for level in LEVELS:
        yield logged(m, level), (["a", "b"],)

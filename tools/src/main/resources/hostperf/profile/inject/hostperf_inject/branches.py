"""How often the tests of a program ran. line_profiler 4.0 keeps the hits of a line by the line that
ran next, and gives the largest of these for their sum: too few for a test that goes both ways. Of
other lines that is right, since a statement over several lines comes back to its first."""

known = {}


def hits(profiler):
    """{(file, line of the function, line): hits}; empty where the profiler does not tell."""
    found = {}
    try:
        for code, hashes in profiler.code_hash_map.items():
            file = code.co_filename
            if file not in known:
                known[file] = one_line_tests(file)
            for each in set(hashes):
                for line in profiler.c_code_map[each].values():
                    if line["lineno"] in known[file]:
                        key = (file, code.co_firstlineno, line["lineno"])
                        found[key] = found.get(key, 0) + line["nhits"]
    except (AttributeError, KeyError, TypeError):
        return {}
    return found


def one_line_tests(file):
    """The lines of each `if` and `elif` whose test stands on its line."""
    import ast  # The program may need neither.
    import tokenize

    try:
        with tokenize.open(file) as stream:
            tree = ast.parse(stream.read())
    except (OSError, SyntaxError, ValueError):
        return set()
    return {
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and node.test.end_lineno == node.lineno
    }

"""Marks functions where they are defined, so that every reference made later is the marked one."""
import builtins

MARK = "__hostperf_mark__"
# What these make of a function depends on its code, so the function itself has to stay.
KEEP = ("jit", "njit", "script", "vectorize", "compile", "custom_op", "kernel", "overload")


def with_marks(path, named, recorder):
    """The module's code with each named function decorated; None where none of them is in it."""
    try:
        return marked(path, named, recorder) if named else None
    except Exception:  # Broken source is the program's to report; its functions are still wrapped.
        return None


def marked(path, named, recorder):
    import ast

    with open(path, "rb") as f:
        tree = ast.parse(f.read(), filename=path)
    marks = recorder.marks
    before = len(marks)
    for target, attributes in named:
        functions = definitions(ast, tree, attributes)
        if not functions:
            target.fail("%s defines no `%s`" % (path, ".".join(attributes)))
        for function in functions:
            keeps = any(is_kept(ast, d) for d in function.decorator_list)
            marks.append((target, ".".join(attributes), keeps))
            decorators = function.decorator_list
            outermost = getattr(recorder, "outermost", False)
            at = 0 if outermost else len(decorators)
            decorators.insert(at, mark(ast, function, len(marks) - 1))
    if len(marks) == before:
        return None
    setattr(builtins, MARK, recorder.mark)
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


def definitions(ast, scope, attributes):
    """The `def`s of a qualified name; several where branches define it differently. A method that
    a class does not define is looked for in its base classes, as far as they stand beside it."""
    name, rest = attributes[0], attributes[1:]
    kinds = (ast.ClassDef,) if rest else (ast.FunctionDef, ast.AsyncFunctionDef)
    found = [n for n in statements(ast, scope) if isinstance(n, kinds) and n.name == name]
    if not rest:
        return [n for n in found if not any(is_overload(ast, d) for d in n.decorator_list)]
    inner = [f for node in found for f in definitions(ast, node, rest)]
    bases = [b.id for node in found for b in node.bases if isinstance(b, ast.Name)]
    return inner or [f for b in bases if b != name for f in definitions(ast, scope, [b] + rest)]


def statements(ast, scope):
    """Those of a scope, also within its `if`, `try` and `with`, not within its functions."""
    inner = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, inner):
            for deeper in statements(ast, node):
                yield deeper


def is_overload(ast, decorator):
    """A stub for type checkers, which the definition after it replaces. Numba's is called."""
    return not isinstance(decorator, ast.Call) and name_of(ast, decorator) == "overload"


def is_kept(ast, decorator):
    name = name_of(ast, decorator)
    return any(word in name.lower().split("_") for word in KEEP) or name in KEEP


def name_of(ast, decorator):
    node = decorator.func if isinstance(decorator, ast.Call) else decorator
    return getattr(node, "attr", getattr(node, "id", ""))


def mark(ast, function, number):
    """`@__hostperf_mark__(number)`. It takes the line of the first one,
    so that the function keeps its first line."""
    call = ast.Call(
        func=ast.Name(id=MARK, ctx=ast.Load()), args=[ast.Constant(value=number)], keywords=[]
    )
    first = function.decorator_list[0] if function.decorator_list else function
    for node in ast.walk(call):
        node.lineno = node.end_lineno = first.lineno
        node.col_offset = node.end_col_offset = first.col_offset
    return call

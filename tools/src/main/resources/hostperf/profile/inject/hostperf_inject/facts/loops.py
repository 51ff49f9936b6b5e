"""Loops that run over the items that they ran over the time before.

The loops of the watched functions are compiled anew from their source, with a look at what each
runs over; that code runs in steps that are watched closely. A function whose source is not what runs
is left as it is.
"""
import ast
from collections import deque

from . import repeats
from .ledger import name_of

NAME = "loops over unchanged items"
LOOK = "__hostperf_look__"
MOST_ITEMS = 256
MOST_RUNS = 50  # of a loop in a step
MOST_RUNS_OF_RARE = 10_000  # where there may be one step only
COLLECTIONS = (list, tuple, dict, set, frozenset, deque,
               type({}.keys()), type({}.values()), type({}.items()))

_files = {}  # by name: source, and the code that Python makes of it


class Loops:
    def __init__(self, observer):
        self.observer = observer
        self.places = []
        self.forget()

    def forget(self):
        self.counts = {}
        self.before = {}
        self.runs = {}

    def on(self):
        self.runs = {}

    def off(self):
        pass

    def watch(self, function):
        """Why it cannot, else None.

        @param function an `arming.Function`"""
        code = function.own
        try:
            source, plain = of_file(code.co_filename)
        except (OSError, SyntaxError, UnicodeDecodeError, ValueError) as e:
            return repr(e)
        same = same_in(plain, code)
        if same is None or same.co_code != code.co_code:
            return "its source is not what runs"
        marked = Marker(code, self.places).marked(source)
        if marked is None:
            return None  # it has no loop
        new = same_in(compile(marked, code.co_filename, "exec", dont_inherit=True), code)
        if new is None or new.co_freevars != code.co_freevars:
            return "it could not be compiled anew"
        function.function.__globals__[LOOK] = self.look
        function.run(new)
        return None

    def look(self, number, items):
        runs = self.runs.get(number, 0)
        most = MOST_RUNS_OF_RARE if self.observer.is_rare() else MOST_RUNS
        if runs < most and self.observer.local.active:
            self.runs[number] = runs + 1
            self.add("loop", number)
            now = contents(items)
            if now:
                self.add("loop_compared", number)
                if self.before.get(number) == now:
                    self.add("loop_unchanged", number)
                self.before[number] = now
        return items

    def add(self, kind, number):
        key = (kind, number)
        self.counts[key] = self.counts.get(key, 0) + 1


def contents(items):
    if type(items) not in COLLECTIONS or len(items) > MOST_ITEMS:
        return None
    now = tuple([repeats.picture(item, 1) for item in items])
    return None if None in now else now


def of_file(file):
    if file not in _files:
        with open(file, "rb") as stream:
            source = stream.read()
        _files[file] = (source, compile(source, file, "exec", dont_inherit=True))
    return _files[file]


def same_in(code, wanted):
    """The code of the same function within that of a module."""
    for inner in code.co_consts:
        if hasattr(inner, "co_code"):
            if (inner.co_name, inner.co_firstlineno) == (wanted.co_name, wanted.co_firstlineno):
                return inner
            found = same_in(inner, wanted)
            if found is not None:
                return found
    return None


class Marker(ast.NodeTransformer):
    """Puts a look around what each loop of one function runs over."""

    def __init__(self, code, places):
        self.code = code
        self.places = places
        self.is_inside = False
        self.marks = 0

    def marked(self, source):
        tree = self.visit(ast.parse(source))
        return ast.fix_missing_locations(tree) if self.marks else None

    def visit_FunctionDef(self, node):
        first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
        is_it = (node.name, first) == (self.code.co_name, self.code.co_firstlineno)
        outer, self.is_inside = self.is_inside, is_it
        self.generic_visit(node)
        self.is_inside = outer
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node):
        return node

    def visit_For(self, node):
        self.generic_visit(node)
        if self.is_inside:
            look = ast.copy_location(ast.Name(LOOK, ast.Load()), node.iter)
            number = ast.copy_location(ast.Constant(len(self.places)), node.iter)
            self.places.append((self.code.co_filename, node.lineno, name_of(self.code)))
            node.iter = ast.copy_location(ast.Call(look, [number, node.iter], []), node.iter)
            self.marks += 1
        return node

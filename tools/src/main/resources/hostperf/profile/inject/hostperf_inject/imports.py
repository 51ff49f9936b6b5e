"""Sees modules come in, and the functions named in them get wrapped."""
import os
import sys

from . import attributes, source


class Finder:
    """Finds nothing itself: it asks the finders after it, and hooks the loaders of the modules
    that a target may lie in."""

    def __init__(self, targets, recorder):
        self.targets = targets
        self.recorder = recorder

    def find_spec(self, name, path=None, target=None):
        if name != "runpy" and not self.targets.of(name) and not self.targets.of_parents(name):
            return None
        for finder in list(sys.meta_path):
            find = getattr(finder, "find_spec", None)
            if finder is self or find is None:
                continue
            spec = find(name, path, target)
            if spec is not None:
                self.hook(spec)
                return spec
        return None

    def hook(self, spec):
        loader = spec.loader
        if not hasattr(loader, "exec_module"):
            return
        if isinstance(loader, type):
            # Built-in and frozen loaders are classes, shared by all their modules.
            spec.loader = StandIn(loader, self)
            return
        exec_module = loader.exec_module

        def hooked(module):
            exec_module(module)
            for name in ("exec_module", "get_code"):
                vars(loader).pop(name, None)
            self.loaded(module)

        try:
            loader.exec_module = hooked
            self.hook_code(spec, loader)
        except AttributeError:
            for target, _ in self.targets.of(spec.name):
                target.fail("the loader of %s takes no hook" % spec.name)

    def hook_code(self, spec, loader):
        named = self.targets.of(spec.name)
        get_code = getattr(loader, "get_code", None)
        if not named or get_code is None or not (spec.origin or "").endswith(".py"):
            return

        # `python -m` asks for the code alone, under the module's own name or its `__main__`.
        def hooked(name=spec.name):
            code = source.with_marks(spec.origin, named, self.recorder)
            return get_code(name) if code is None else code

        loader.get_code = hooked

    def loaded(self, module):
        try:
            self.wrap_in(module)
        except Exception as e:  # The program's import must not fail for us.
            for target, _ in self.targets.of(module.__name__):
                target.fail("%s could not be looked at: %r" % (module.__name__, e))

    def wrap_in(self, module):
        name = module.__name__
        if name == "runpy":
            hook_runpy(module, self.targets, self.recorder)
        self.recorder.note_twin(module, self.targets.of(name))
        for target, path in self.targets.of(name):
            if not target.found:
                attributes.wrap(module, path, target, self.recorder)
        for target, path in self.targets.of_parents(name):
            if path[0] in vars(module):
                attributes.wrap(module, path, target, self.recorder)


class StandIn:
    """A loader in front of one that is a class."""

    def __init__(self, loader, finder):
        self.loader = loader
        self.finder = finder

    def __getattr__(self, name):
        return getattr(self.loader, name)

    def exec_module(self, module):
        self.loader.exec_module(module)
        module.__spec__.loader = module.__loader__ = self.loader
        self.finder.loaded(module)


def hook_runpy(runpy, targets, recorder):
    """A spawned child runs its parent's script again, through this."""
    original = runpy._get_code_from_file

    def hooked(*args):
        answer = original(*args)
        path = args[-1]
        code = source.with_marks(path, targets.of_script(path), recorder)
        if code is None:
            return answer
        return (code,) + answer[1:] if isinstance(answer, tuple) else code

    runpy._get_code_from_file = hooked


def hook_script(path, targets, recorder):
    """`python script.py` is compiled and run in C, with one event that Python sees: `exec`. The
    marked code is run from there, and the unmarked never starts."""
    named = targets.of_script(path)
    if not named:
        return
    pending = [True]

    def hook(event, args):
        if not pending or event != "exec":
            return
        code = args[0]
        if getattr(code, "co_name", "") != "<module>" or not same(code.co_filename, path):
            return
        pending.clear()
        marked = source.with_marks(path, named, recorder)
        if marked is not None:
            run_instead(marked)

    # Without it, no line inside the hook is traced, and the whole program is inside.
    hook.__cantrace__ = True
    sys.addaudithook(hook)


def run_instead(code):
    try:
        exec(code, sys.modules["__main__"].__dict__)
    except Exception as e:
        sys.excepthook(type(e), e, e.__traceback__ and e.__traceback__.tb_next)
        raise SystemExit(1)
    raise SystemExit(0)


def same(one, other):
    return os.path.abspath(one) == os.path.abspath(other)


def watch(targets, recorder):
    finder = Finder(targets, recorder)
    for name in list(targets.by_module) + ["runpy"]:
        if name in sys.modules and name != "__main__":
            finder.loaded(sys.modules[name])
    sys.meta_path.insert(0, finder)
    script = (getattr(sys, "argv", None) or [""])[0]
    if script.endswith(".py") and os.path.isfile(script):
        hook_script(script, targets, recorder)

"""The versions of one changed function, as code objects, and whether they may be exchanged."""
import os
import sys
import types

FLIGHT = {
    0x20: "is a generator: one that is under way outlives a block",
    0x80: "is a coroutine: one that is under way outlives a block",
    0x100: "is a coroutine: one that is under way outlives a block",
    0x200: "is an asynchronous generator: one that is under way outlives a block",
}


class Unfit(Exception):
    """Why a function cannot be swapped."""


class Versions:
    """All function objects of a name, with the base, the base once more, and the candidate."""

    def __init__(self, name, functions, path, base, candidate, overloaded=False):
        self.functions = functions
        attributes = name.partition("::")[2].split(".")
        self.codes = (
            compiled(base, path, attributes, overloaded),
            compiled(base, path, attributes, overloaded),
            compiled(candidate, path, attributes, overloaded),
        )
        self.check()

    def check(self):
        base, _, candidate = self.codes
        for function in self.functions:
            running = function.__code__
            if not is_same(running, base) and not is_same(running, candidate):
                raise Unfit("what runs is not what the file says: something rewrote its code")
            compiles(running)
        differ(base, candidate)
        for flag, reason in FLIGHT.items():
            if candidate.co_flags & flag:
                raise Unfit(reason)
        for kind, of in (("globals", global_names), ("closures", closures)):
            ours, theirs = of(base), of(candidate)
            if ours != theirs:
                raise Unfit("the versions assign different %s: %s" % (
                    kind, ", ".join(sorted(ours ^ theirs))))

    def show(self, version):
        code = self.codes[version]
        for function in self.functions:
            function.__code__ = code


def add(everything):
    """Makes what one version's modules have beyond the other's, which does not name it."""
    loaded = modules({os.path.basename(each["path"]) for each in everything})
    for each in everything:
        module, name = loaded.get(os.path.realpath(each["path"])), each["name"]
        if module is None:
            continue  # Nothing that runs has imported it.
        if each["owner"]:
            owner = module[each["owner"]]
            if name in vars(owner):
                continue
            if hasattr(owner, name):
                raise Unfit(
                    "one version only has `%s` in %s, which inherits one" % (name, each["owner"]))
        elif name in module:
            continue
        made = {}
        exec(compile(each["text"], each["path"], "exec", dont_inherit=True), module, made)
        if each["owner"]:
            setattr(owner, name, made[name])
        else:
            module[name] = made[name]


def modules(names):
    """What the loaded modules in files of these names bind, by their files."""
    found = {}
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and os.path.basename(file) in names:
            found.setdefault(os.path.realpath(file), vars(module))
    return found


def compiled(text, path, attributes, overloaded):
    code = compile(text, path, "exec", dont_inherit=True)
    for at, name in enumerate(attributes):
        found = [c for c in inner(code) if c.co_name == name]
        is_last = at == len(attributes) - 1
        if not found or len(found) > 1 and not (overloaded and is_last):
            raise Unfit("its module defines %d of that name" % len(found))
        code = found[-1]
    return code


def inner(code):
    """Code objects defined in this one. Type parameters stand between since Python 3.12."""
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            if const.co_name.startswith("<generic parameters"):
                for deeper in inner(const):
                    yield deeper
            else:
                yield const


def is_same(one, other):
    return all(
        getattr(one, part) == getattr(other, part)
        for part in ("co_code", "co_names", "co_varnames", "co_freevars", "co_cellvars")
    )


def differ(base, candidate):
    for part, what in (
        ("co_argcount", "signatures"),
        ("co_posonlyargcount", "signatures"),
        ("co_kwonlyargcount", "signatures"),
        ("co_freevars", "closures"),
    ):
        if getattr(base, part) != getattr(candidate, part):
            raise Unfit("the versions have different " + what)
    count = base.co_argcount + base.co_kwonlyargcount
    variadic = 0x04 | 0x08
    if base.co_varnames[:count] != candidate.co_varnames[:count] or (
            base.co_flags & variadic != candidate.co_flags & variadic):
        raise Unfit("the versions have different signatures")


def stored(code, wanted):
    import dis

    found = {i.argval for i in dis.get_instructions(code) if wanted(i, code)}
    for deeper in inner(code):
        found |= stored(deeper, wanted)
    return found


def global_names(code):
    # In the body of a function STORE_NAME is of a class inside it.
    return stored(code, lambda i, c: i.opname in ("STORE_GLOBAL", "DELETE_GLOBAL"))


def closures(code):
    outer = set(code.co_freevars)
    return stored(
        code, lambda i, c: i.opname in ("STORE_DEREF", "DELETE_DEREF") and i.argval in outer)


def compiles(code):
    """torch.compile keeps what it made of a code object with it."""
    frames = sys.modules.get("torch._C._dynamo.eval_frame")
    entries = getattr(frames, "_debug_get_cache_entry_list", None)
    if entries is not None and entries(code):
        raise Unfit("is captured by torch.compile")

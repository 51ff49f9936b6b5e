"""The functions to profile, by name, and what became of each."""
import os


class Target:
    """`module.Class.method`, `module.function` or `module::function`."""

    def __init__(self, text):
        self.text = text
        self.reason = "no module of that name was imported"
        self.remark = ""
        self.found = []  # dicts of name, file, line

    def places(self):
        """(module, attributes) for each way to read the name."""
        if "::" in self.text:
            module, _, rest = self.text.partition("::")
            return [(module, rest.split("."))]
        parts = self.text.split(".")
        return [(".".join(parts[:i]), parts[i:]) for i in range(1, len(parts))]

    def fail(self, reason):
        if not self.found:
            self.reason = reason


class Targets:
    def __init__(self, texts):
        self.all = [Target(text) for text in texts]
        self.by_module = {}
        for target in self.all:
            for module, attributes in target.places():
                self.by_module.setdefault(module, []).append((target, attributes))

    def of(self, module):
        return self.by_module.get(module, [])

    def of_script(self, path):
        """What is named in the file that runs as `__main__`: by that name, or by the path's end."""
        stem = os.path.splitext(os.path.abspath(path))[0]
        parts = stem.split(os.sep)
        if parts[-1] == "__main__":
            parts = parts[:-1]
        found = []
        for module, named in self.by_module.items():
            words = module.split(".")
            if words == ["__main__"] or words == parts[-len(words):]:
                found.extend(named)
        return found

    def of_parents(self, module):
        """What a package names that one of its modules may define: packages that re-export
        lazily have no attribute to look at until somebody asks."""
        found = []
        parts = module.split(".")
        for i in range(1, len(parts)):
            for target, attributes in self.of(".".join(parts[:i])):
                if not target.found and len(attributes) <= 2:
                    found.append((target, attributes))
        return found


def split(text):
    seen = dict.fromkeys(part.strip() for part in text.split(","))
    return [part for part in seen if part]


def parse(text):
    return Targets(split(text))

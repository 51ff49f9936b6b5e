"""A task: the data in its folder, and the checkout that is made of it."""

import importlib.util
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ENGINES = {
    "mini-executor": ROOT / "examples/mini-executor",
    "mini-filter": HERE / "engine",
}
GIT = ["git", "-c", "user.name=eval", "-c", "user.email=eval@localhost", "-c", "commit.gpgsign=false"]


def git(folder, *words):
    return subprocess.run([*GIT, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


class Task:
    """What `tasks/NAME/task.json` says. Files beside it: `prompt.md`, and those that the task hands out or adds."""

    def __init__(self, name):
        self.name, self.folder = name, HERE / "tasks" / name
        said = json.loads((self.folder / "task.json").read_text())
        self.about = said["about"]
        self.engine = said["engine"]
        self.edits = said.get("edits", [])
        self.moves = said.get("moves", {})
        self.given = said.get("given", {})
        self.installed = said.get("installed", [])
        self.approval = said.get("approval", "never")
        self.machine = said.get("machine", "quiet")
        self.editable = said["editable"]
        self.launch = said["launch"]
        self.held_out = said.get("held_out", [])
        self.output = said["output"]
        self.keep = said["keep"]
        self.gain = said.get("gain", 1.0)
        self.answer = said.get("answer", {})
        self.marker = said.get("marker")

    @property
    def prompt(self):
        return (self.folder / "prompt.md").read_text().strip()

    def play(self, name, arm):
        """What the task's plays.py does in an arm, to be called with the agent; None where it does nothing there."""
        file = self.folder / "plays.py"
        if not file.exists():
            return None
        spec = importlib.util.spec_from_file_location("plays", file)
        plays = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(plays)
        return getattr(plays, f"{name}_{arm}", None)

    @staticmethod
    def all():
        return [Task(folder.name) for folder in sorted((HERE / "tasks").iterdir()) if (folder / "task.json").exists()]


class Workplace:
    """A folder with what one attempt at a task has: the checkout, what is handed out, and the runner's records."""

    def __init__(self, task, folder):
        self.task, self.folder = task, pathlib.Path(folder).resolve()
        self.checkout = self.folder / "checkout"
        self.given = self.folder / "given"
        self.home = self.folder / "home"
        self.records = self.folder / "records"
        self.answer = self.folder / "answer.json"
        self.python = sys.executable

    def make(self):
        for folder in (self.given, self.home, self.records):
            folder.mkdir(parents=True)
        shutil.copytree(
            ENGINES[self.task.engine], self.checkout,
            ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache", "out", ".hostperf"))
        for source, target in self.task.moves.items():
            (self.checkout / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(self.checkout / source, self.checkout / target)
        for edit in self.task.edits:
            replace(self.checkout / edit["file"], edit["old"], edit["new"])
        self._configure()
        for package in self.task.installed:
            shutil.copytree(self.checkout / package, self.folder / "site" / package)
        for target, source in self.task.given.items():
            found = self.task.folder / source
            shutil.copy(found if found.exists() else ROOT / source, self.given / target)
        git(self.checkout, "init", "-q", "-b", "main")
        git(self.checkout, "add", "-A")
        git(self.checkout, "commit", "-q", "--no-verify", "-m", "The engine")
        (self.records / "base").write_text(git(self.checkout, "rev-parse", "HEAD"))
        return self

    def _configure(self):
        file = self.checkout / "hostperf.yaml"
        text = file.read_text().replace("[python3,", f"[{self.python},")
        text = text.replace("SITE", str(self.folder / "site"))
        file.write_text(re.sub(r"(\n  editable: .*)", rf"\1\n  approval: {self.task.approval}", text))

    @property
    def base(self):
        return (self.records / "base").read_text()

    def environment(self):
        """For whatever the attempt starts. hostperf keeps its own files of this attempt apart."""
        return {
            **os.environ,
            "XDG_CONFIG_HOME": str(self.home),
            "XDG_STATE_HOME": str(self.home / "state"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }


def replace(file, old, new):
    text = file.read_text()
    if text.count(old) != 1:
        raise ValueError(f"{file}: {old!r} occurs {text.count(old)} times; an edit needs it once")
    file.write_text(text.replace(old, new))

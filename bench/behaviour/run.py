"""What the comparison of behaviour says of faults and of right patches in the sample engine.

    python3 bench/behaviour/run.py [NAME…]     wants a compiled tree (./t)
    python3 bench/behaviour/run.py --noisy [NAME…]   with threads and chance in the workload
    python3 bench/behaviour/run.py --tests     only: do the engine's tests see the faults?
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
from cases import FAULTS, RIGHT  # noqa: E402

SAMPLE = os.path.join(ROOT, "examples", "mini-executor")


def changes(folder, edits):
    """[{path, before, after}] of a case."""
    files = {}
    for name, old, new in edits:
        path = "mini_executor/" + name
        if path not in files:
            with open(os.path.join(folder, path)) as stream:
                text = stream.read()
            files[path] = [text, text]
        if files[path][1].count(old) != 1:
            raise SystemExit("%d places in %s have %r" % (files[path][1].count(old), path, old))
        files[path][1] = files[path][1].replace(old, new)
    return [{"path": p, "before": a, "after": b} for p, (a, b) in files.items()]


def passes_tests(edits):
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(SAMPLE, os.path.join(folder, "engine"))
        for change in changes(copy, edits):
            with open(os.path.join(copy, change["path"]), "w") as stream:
                stream.write(change["after"])
        ran = subprocess.run([sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"],
                             cwd=copy, capture_output=True, text=True)
        return ran.returncode == 0, ran.stdout.strip().splitlines()[-1:]


def compare(cases, command, folder, environment):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as stream:
        json.dump({"directory": folder, "command": command, "environment": environment,
                   "cases": cases}, stream)
        stream.flush()
        jdk = subprocess.check_output([os.path.join(ROOT, ".mvn", "find-jdk")], text=True).strip()
        with open(os.path.join(ROOT, "target", "t-classpath")) as paths:
            libraries = paths.read().strip()
        ran = subprocess.Popen(
            [os.path.join(jdk, "bin", "java"), "--enable-native-access=ALL-UNNAMED", "-cp",
             os.path.join(ROOT, "tools/target/classes") + ":" + libraries,
             os.path.join(HERE, "Compare.java"), stream.name], stdout=subprocess.PIPE, text=True)
        for line in ran.stdout:
            yield json.loads(line)


def main(names):
    if names == ["--tests"]:
        for name, _, edits in FAULTS + RIGHT:
            print("%-36s" % name, *passes_tests(edits), flush=True)
        return
    noisy = names[:1] == ["--noisy"]
    names = names[1:] if noisy else names
    chosen = [(kind, *case) for kind, cases in (("fault", FAULTS), ("right", RIGHT))
              for case in cases if not names or case[0] in names]
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(SAMPLE, os.path.join(folder, "engine"))
        cases = [{"name": name, "changes": changes(copy, edits)} for _, name, _, edits in chosen]
        command = [sys.executable, "bench.py", "--passes", "1"]
        if noisy:
            shutil.copy(os.path.join(HERE, "noisy.py"), copy)
            command = [sys.executable, "noisy.py"]
        good = {"fault": 0, "right": 0}
        for (kind, name, function, _), answer in zip(chosen, compare(cases, command, copy, {})):
            behaviour = answer["behaviour"]
            result = behaviour["result"]
            first = behaviour["firstDifference"]
            place = first and "%s call %d: %s `%s` %s → %s" % (
                first["function"].split(".", 2)[-1], first["call"], first["what"], first["field"],
                first["base"][:40], first["candidate"][:40])
            ok = result == ("DIFFERENT" if kind == "fault" else "SAME")
            good[kind] += ok
            print("%s %-5s %-34s %-9s %d of %d calls of %d functions, %d launches, %.0f s; left out %s\n      %s"
                  % ("ok " if ok else "BAD", kind, name, result, behaviour["calls"], behaviour["of"],
                     len(behaviour["functions"]), answer["launches"], answer["seconds"],
                     [each["what"] for each in behaviour["leftOut"]] + behaviour["remarks"], place), flush=True)
        print("faults told: %d of %d; right patches not accused: %d of %d" % (
            good["fault"], sum(c[0] == "fault" for c in chosen),
            good["right"], sum(c[0] == "right" for c in chosen)))


if __name__ == "__main__":
    main(sys.argv[1:])

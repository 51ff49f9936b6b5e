#!/usr/bin/env python3
"""Lets clients come at once, work on runs of several checkouts, and be killed amid their calls; then
looks whether a run was lost, whether two launches ever ran at once, and whether memory grew.

    python3 bench/crowd/crowd.py ./hostperf PYTHON [--detach] [--clients 20] [--seconds 300] [--seed 1]

PYTHON has line_profiler, pytest and pytest-timeout. Clients come to one `serve --http`, or each
starts `serve --detach`. A client is a process of its own; every second or two one of them, with what
it started, gets SIGKILL and another takes its place. Half of them speak 2025-11-25, half 2026-07-28.
What is wrong is printed and ends it with exit code 1.
"""

import argparse
import collections
import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
OLD, NEW = "self.steps += 1", "self.steps = self.steps + 1"
NAMES = ["one", "two", "three", "four"]

# First in the workload and in the tests: whoever runs beside another one says so.
ALONE = """
import fcntl, os
_lock = open({lock!r}, "a+")
try:
    fcntl.flock(_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    _said = "alone"
except OSError:
    _said = "beside another"
with open({log!r}, "a") as _log:
    _log.write(f"{{_said}} {{os.getpid()}} {{os.getcwd()}}\\n")
"""


class Server:
    """What a client knows of it, whichever way leads there."""

    def __init__(self, modern):
        self.modern, self.calls, self.greeted = modern, 0, False

    def ask(self, method, params):
        self.calls += 1
        if self.modern:
            params["_meta"] = {
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": {},
            }
        return self.sent({"jsonrpc": "2.0", "id": self.calls, "method": method, "params": params})

    def call(self, tool, **arguments):
        if not self.modern and not self.greeted:
            who = {"name": "crowd", "version": "1"}
            self.ask("initialize", {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": who})
            self.greeted = True
        message = self.ask("tools/call", {"name": tool, "arguments": arguments})
        result = message.get("result")
        text = result["content"][0]["text"] if result else json.dumps(message)
        if not result or "Internal error" in text:
            raise RuntimeError(f"{tool}: {text[:300]}")
        return result.get("structuredContent") or {}, result.get("isError", False), text


class Web(Server):
    """Over HTTP, with a token."""

    def __init__(self, url, token, modern):
        super().__init__(modern)
        self.url, self.token, self.session = urllib.parse.urlparse(url), token, None
        self.connection = http.client.HTTPConnection(self.url.netloc, timeout=120)

    def sent(self, message):
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
        }
        if self.modern:
            name = message["params"]["name"]
            headers |= {"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": message["method"], "Mcp-Name": name}
        elif self.session:
            headers["Mcp-Session-Id"] = self.session
        self.connection.request("POST", self.url.path, json.dumps(message), headers)
        answer = self.connection.getresponse()
        body = answer.read().decode()
        self.session = answer.getheader("Mcp-Session-Id") or self.session
        return json.loads(body.rsplit("data: ", 1)[-1] if "data: " in body else body)


class Front(Server):
    """A process that the client starts, on standard input and output."""

    def __init__(self, hostperf, root, modern):
        super().__init__(modern)
        words = [hostperf, "-C", root, "serve", "--detach"]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def sent(self, message):
        self.process.stdin.write(json.dumps(message) + "\n")
        self.process.stdin.flush()
        while line := self.process.stdout.readline():
            answer = json.loads(line)
            if answer.get("id") == message["id"]:
                return answer
        raise RuntimeError("the front ended")


def client(server, log, seed):
    """Works on runs until it is killed. Each line of its log is a call that was answered."""
    chance, run, job = random.Random(seed), None, None
    while True:
        tool, arguments = step(chance, run, job)
        try:
            fields, refused, text = server.call(tool, **arguments)
        except Exception as e:  # noqa: BLE001, it is what this looks for
            log.write(json.dumps({"failed": f"{type(e).__name__} {e}"}) + "\n")
            log.flush()
            raise
        log.write(json.dumps({"tool": tool, "refused": refused, "run": fields.get("run_id"), "said": text[:200]}) + "\n")
        log.flush()
        known = re.findall(r"run-\w{8}", text)
        if tool == "start_run" and fields.get("run_id"):
            run = fields["run_id"]
        elif not run and known:
            run = chance.choice(known)
        busy = re.search(r"wait until (job-\w+)", text)
        job = busy[1] if busy else fields.get("job_id") if fields.get("state") == "running" else None
        if chance.random() < 0.03:
            run = None
        time.sleep(chance.random() * 0.5)


def step(chance, run, job):
    """Mostly what an agent would do, now and then something else."""
    if job and chance.random() < 0.8:
        return "job", {"job_id": job, "action": chance.choice(["wait"] * 8 + ["log", "cancel"]), "wait_s": 5}
    if not run:
        begin = ("start_run", {"goal": "less", "wait_s": 20})
        return begin if chance.random() < 0.1 else ("status", {})
    wait = chance.choice([0, 1, 5])
    edit = [{"file": "tiny/engine.py", "old": OLD, "new": NEW}]
    return chance.choice(
        [
            ("status", {"run_id": run}),
            ("search_references", {"query": "item"}),
            ("profile", {"run_id": run, "passes": ["samples"], "wait_s": wait}),
            ("apply_patch", {"run_id": run, "edits": edit, "wait_s": wait}),
            ("run_unit_tests", {"run_id": run, "wait_s": wait}),
            ("validate", {"run_id": run, "wait_s": wait}),
            ("rollback", {"run_id": run, "reason": "next"}),
        ]
    )


def checkout(folder, name, python):
    root = folder / name
    shutil.copytree(ROOT / "server/src/test/python/tiny-engine", root, ignore=shutil.ignore_patterns("__pycache__"))
    yaml = root / "hostperf.yaml"
    yaml.write_text(yaml.read_text().replace("PYTHON,", f"{python},"))
    alone = ALONE.format(lock=str(folder / "launch.lock"), log=str(folder / "launches"))
    # Long enough for a sampler to attach on a busy machine.
    longer = (root / "bench.py").read_text().replace("for _ in range(60)]", "for _ in range(1000)]")
    (root / "bench.py").write_text(alone + longer)
    (root / "tests/conftest.py").write_text(alone)
    for words in ("init -q -b main", "add .", "-c user.name=a -c user.email=a@b commit -q -m Engine"):
        subprocess.run(["git", "-C", root, *words.split()], check=True)
    return root


class Crowd:
    """@param ways: how a client comes to each checkout: an address and a token, or a launcher and a folder"""

    def __init__(self, given, folder, ways):
        self.given, self.folder, self.ways = given, folder, ways
        self.chance, self.begun, self.clients = random.Random(given.seed), 0, []

    def one(self):
        """Another client process, on the next checkout, by the next revision."""
        number = self.begun
        self.begun += 1
        words = [sys.executable, __file__, "--client", *self.ways[number // 2 % len(NAMES)], str(number % 2)]
        words += [str(self.folder / f"client-{number}.jsonl"), str(self.given.seed * 100_000 + number)]
        return subprocess.Popen(words, stderr=subprocess.DEVNULL, start_new_session=True)

    @staticmethod
    def kill(one):
        os.killpg(one.pid, signal.SIGKILL)
        one.wait()

    def run(self, memory):
        self.clients = [self.one() for _ in range(self.given.clients)]
        until, next_look, killed = time.monotonic() + self.given.seconds, 0, 0
        while time.monotonic() < until:
            time.sleep(1 + self.chance.random())
            victim = self.chance.randrange(len(self.clients))
            self.kill(self.clients[victim])
            self.clients[victim] = self.one()
            killed += 1
            if time.monotonic() > next_look:
                next_look = time.monotonic() + 30
                memory()
        for one in self.clients:
            self.kill(one)
        return killed


def memory(pid):
    """What is left after a full collection, and what the process has resident, both in MB."""
    jcmd = os.path.join(os.path.dirname(os.readlink(f"/proc/{pid}/exe")), "jcmd")
    words = [jcmd, str(pid), "GC.class_histogram"]
    classes = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    used = int(re.search(r"(?m)^Total +\d+ +(\d+)", classes)[1])
    with open(f"/proc/{pid}/status") as status:
        resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    return used >> 20, resident >> 10


def faults(given, folder, env, checkouts):
    wrong, calls, runs = [], collections.Counter(), collections.defaultdict(set)
    for log in folder.glob("client-*.jsonl"):
        # A kill may cut the last line.
        for line in log.read_text().splitlines():
            if not line.endswith("}"):
                continue
            said = json.loads(line)
            if "failed" in said:
                wrong.append(f"{log.name}: {said['failed']}")
                continue
            calls[said["tool"] + (" refused" if said["refused"] else "")] += 1
            if said["tool"] == "start_run" and said["run"]:
                runs[int(log.stem.split("-")[1]) // 2 % len(NAMES)].add(said["run"])
    launches = (folder / "launches").read_text().splitlines()
    wrong += [f"launched {line}" for line in launches if not line.startswith("alone")]
    for number, root in enumerate(checkouts):
        for run in sorted(runs[number]):
            said = subprocess.run(
                [given.hostperf, "-C", root, "status", run, "--json"], env=env, capture_output=True, text=True
            )
            if said.returncode != 0 or run not in said.stdout:
                wrong.append(f"{run} of {root.name} is lost: {said.stdout[:200]} {said.stderr[:200]}")
        dirty = subprocess.run(["git", "-C", root, "status", "--short", "-uno"], capture_output=True, text=True).stdout
        text = (root / "tiny/engine.py").read_text()
        if dirty or (OLD in text) == (NEW in text):
            wrong.append(f"{root.name} is not as a run leaves it: {dirty}")
        subprocess.run(["git", "-C", root, "fsck", "--strict", "--no-dangling", "--no-progress"], check=True)
    return wrong, calls, sum(len(r) for r in runs.values()), len(launches)


def approve(given, env, server, root):
    """As a person does, in a terminal."""
    said, _, text = server.call("start_run", wait_s=0)
    typing = ROOT / "server/src/test/python/terminal/type_at_prompt.py"
    words = [given.python, typing, "y", given.hostperf, "-C", root, "approve", said["approval_id"]]
    subprocess.run(words, env=env, check=True, stdout=subprocess.DEVNULL)


def begin(given, folder, env, checkouts):
    """The server, and how a client comes to each checkout."""
    if given.detach:
        return None, [(given.hostperf, str(root)) for root in checkouts]
    token = subprocess.run(
        [given.hostperf, "token", "add", "crowd"], env=env, check=True, capture_output=True, text=True
    ).stdout.strip()
    words = [given.hostperf, "-C", checkouts[0], "serve", "--http", "127.0.0.1:0"]
    words += [w for root in checkouts[1:] for w in ("--also", root)]
    with open(folder / "server.log", "w+") as said:
        server = subprocess.Popen(words, env=env, stderr=said)
    while "page for people" not in (folder / "server.log").read_text():
        time.sleep(0.1)
    url = (folder / "server.log").read_text().split()[0]
    return server, [(url + path, token) for path in ["", *(f"/{n}" for n in NAMES[1:])]]


def working(server, folder):
    """The processes that do the work."""
    if server:
        return [server.pid]
    found = subprocess.run(["pgrep", "-f", f"java.*{folder}.* serve --detached"], capture_output=True, text=True)
    return [int(pid) for pid in found.stdout.split()]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hostperf", type=os.path.abspath)
    parser.add_argument("python")
    parser.add_argument("--detach", action="store_true")
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="crowd-") as name:
        folder = pathlib.Path(name)
        os.environ.update(XDG_STATE_HOME=str(folder / "state"), XDG_CONFIG_HOME=str(folder / "config"))
        env = dict(os.environ)
        checkouts = [checkout(folder, n, given.python) for n in NAMES]
        server, ways = begin(given, folder, env, checkouts)
        try:
            for root, way in zip(checkouts, ways):
                approve(given, env, reached(*way, True), root)
            begun = time.monotonic()

            def look():
                for pid in working(server, folder):
                    heap, resident = memory(pid)
                    print(f"{time.monotonic() - begun:4.0f} s: {pid} {heap} MB live, {resident} MB resident", flush=True)

            killed = Crowd(given, folder, ways).run(look)
            look()
            time.sleep(60)  # what is under way ends
            left = len(working(server, folder))
            wrong = [] if not server or server.poll() is None else ["the server ended"]
        finally:
            if server:
                server.terminate()
                server.wait(30)
        found, calls, runs, launches = faults(given, folder, env, checkouts)
        wrong += found
        print(f"{given.clients} clients, {killed} killed, {sum(calls.values())} calls, {runs} runs, {launches} launches")
        print(f"{left} working processes a minute later")
        print(", ".join(f"{tool} {count}" for tool, count in sorted(calls.items())))
        print("\n".join(wrong[:20]) or "nothing is wrong")
        return 1 if wrong else 0


def reached(place, secret_or_root, modern):
    web = place.startswith("http")
    return Web(place, secret_or_root, modern) if web else Front(place, secret_or_root, modern)


if sys.argv[1:2] == ["--client"]:
    with open(sys.argv[5], "a") as lines:
        client(reached(sys.argv[2], sys.argv[3], sys.argv[4] == "1"), lines, int(sys.argv[6]))
sys.exit(main())

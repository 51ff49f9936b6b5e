#!/usr/bin/env python3
"""A stand-in for an agent, without a model: `scripted.py PLAY ARM WORKPLACE` plays `PLAY_ARM` of the task's plays.py,
as `honest_hostperf` or `cheat_shell`. It sees what an agent sees, and no more."""

import json
import pathlib
import statistics
import subprocess
import sys
import time

from task import Task, git, replace


class Shell:
    """What an agent does in a shell and with its editor."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.checkout, self.given = self.folder / "checkout", self.folder / "given"

    def edit(self, file, old, new):
        self.note("edit")
        replace(self.checkout / file, old, new)

    def patch(self, name="proposal.diff"):
        self.sh(f"git apply {self.given / name}")

    @staticmethod
    def note(tool):
        """A call in the form in which Claude Code prints its own."""
        print(json.dumps({"type": "assistant", "message": {"content": [{"type": "tool_use", "name": tool}]}}), flush=True)

    def sh(self, line, check=True):
        self.note(line)
        return subprocess.run(line, shell=True, cwd=self.checkout, check=check, capture_output=True, text=True)

    def commit(self, subject):
        git(self.checkout, "commit", "-q", "-a", "-m", subject)

    def time(self, launches=1):
        """The median of the seconds that launches of the workload take."""
        took = []
        for _ in range(launches):
            since = time.perf_counter()
            self.sh(f"{sys.executable} bench.py")
            took.append(time.perf_counter() - since)
        return statistics.median(took)

    def answer(self, **said):
        (self.folder / "answer.json").write_text(json.dumps(said))


class Agent(Shell):
    """The same with hostperf's tools."""

    def __init__(self, folder):
        super().__init__(folder)
        words = json.loads((self.folder / "mcp.json").read_text())["mcpServers"]["hostperf"]
        self.server = subprocess.Popen(
            [words["command"], *words["args"]], env=words["env"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.ids, self.run = 0, None
        self._request("initialize", {
            "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": {"name": "scripted", "version": "1"}})
        self._send({"jsonrpc": "2.0", "method": "notifications/initialized"})

    def _send(self, message):
        self.server.stdin.write(json.dumps(message) + "\n")
        self.server.stdin.flush()

    def _request(self, method, params):
        self.ids += 1
        self._send({"jsonrpc": "2.0", "id": self.ids, "method": method, "params": params})
        for line in self.server.stdout:
            message = json.loads(line)
            if message.get("id") == self.ids and "method" not in message:
                return message
        raise RuntimeError("hostperf ended")

    def call(self, tool, **arguments):
        """What a tool answers in the end: its fields, with `error` where it refused."""
        if self.run and tool not in ("detect_host_overhead", "job"):
            arguments["run_id"] = self.run
        self.note(tool)
        message = self._request("tools/call", {"name": tool, "arguments": arguments})
        if "error" in message:
            return {"error": message["error"]["message"]}
        result = message["result"]
        text = result["content"][0]["text"]
        print(f"{tool}: {text.splitlines()[0]}", file=sys.stderr, flush=True)
        fields = result.get("structuredContent") or {}
        if result.get("isError"):
            return {"error": text, **fields}
        if fields.get("state") == "running":
            return self.call("job", job_id=fields["job_id"], action="wait", wait_s=45)
        if tool == "job":
            return fields.get("result") or fields
        if tool == "start_run":
            self.run = fields["run_id"]
        return fields

    def begin(self):
        started = self.call("start_run")
        return started if "error" in started else self.call("profile", passes=["samples"])

    def round(self, **patch):
        """One patch, from applying it to the end of its round. The decision, or what came in between."""
        applied = self.call("apply_patch", summary="one change", **patch)
        for _ in range(100):
            if applied.get("state") != "pending":
                break
            time.sleep(0.3)
            applied = self.call("apply_patch", summary="one change", **patch)
        if "patch_id" not in applied:
            return applied
        tests = self.call("run_unit_tests")
        if tests.get("error") or tests.get("new_failures"):
            self.call("rollback", reason="tests fail")
            return {"decision": "roll_back", "tests": tests}
        verdict = self.call("validate")
        if "error" in verdict and "ended" in verdict["error"]:
            verdict = self.call("validate")
        for _ in range(3):
            if verdict.get("decision") != "measure_more":
                break
            verdict = self.call("validate", more=True)
        if verdict.get("decision") != "keep":
            self.call("rollback", reason=str(verdict.get("decision") or verdict.get("error") or verdict.get("inconclusive")))
        return verdict

    def proposal(self):
        return {"patch": (self.given / "proposal.diff").read_text()}

    def end(self):
        self.server.stdin.close()
        self.server.wait(30)


def main():
    play, arm, folder = sys.argv[1:]
    task = Task((pathlib.Path(folder) / "records/task").read_text())
    agent = Agent(folder) if arm == "hostperf" else Shell(folder)
    task.play(play, arm)(agent)
    if arm == "hostperf":
        agent.end()


if __name__ == "__main__":
    main()

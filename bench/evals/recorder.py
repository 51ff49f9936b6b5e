#!/usr/bin/env python3
"""Stands between an agent and hostperf: `recorder.py WORKPLACE`, started by the agent as its MCP server.

It writes each tool call with the size of its answer to `records/calls.jsonl`. It says nothing of dialogs to the
server, so that questions go to the person of the attempt. Where the task wants it, it kills the server with SIGKILL
while a validation runs, starts it again, and answers the call that was cut off with an error, as a client does.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import threading
import time

from task import ROOT


class Recorder:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.calls = {}
        self.greeting = []
        self.lock = threading.Lock()
        self.kills = (self.folder / "records/kill").exists()

    def start(self):
        self.server = subprocess.Popen(
            [str(ROOT / "hostperf"), "-C", str(self.folder / "checkout"), "serve"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(self.folder / "records/server.log", "ab"),
            start_new_session=True)
        threading.Thread(target=self.forward, args=(self.server,), daemon=True).start()

    def serve(self):
        self.start()
        for line in sys.stdin.buffer:
            message = json.loads(line)
            params = message.get("params") or {}
            for capabilities in (
                    params.get("capabilities"),
                    (params.get("_meta") or {}).get("io.modelcontextprotocol/clientCapabilities")):
                (capabilities or {}).pop("elicitation", None)
            if message.get("method") in ("initialize", "notifications/initialized"):
                self.greeting.append(message)
            if message.get("method") == "tools/call":
                with self.lock:
                    self.calls[message["id"]] = (params.get("name"), params.get("arguments"), time.time())
                if params.get("name") == "validate" and self.kills:
                    self.kills = False
                    threading.Timer(1.5, self.kill, args=(message["id"],)).start()
            self.send(message)
        self.server.stdin.close()
        self.server.wait(30)

    def send(self, message):
        with self.lock:
            server = self.server
        server.stdin.write(json.dumps(message).encode() + b"\n")
        server.stdin.flush()

    def forward(self, server):
        for line in server.stdout:
            message = json.loads(line)
            if message.get("id") == "greeting-again":
                continue
            self.note(message, len(line))
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()

    def note(self, message, size):
        with self.lock:
            call = self.calls.pop(message.get("id"), None) if "method" not in message else None
        if call:
            tool, arguments, since = call
            result = message.get("result") or {}
            with open(self.folder / "records/calls.jsonl", "a") as out:
                out.write(json.dumps({
                    "tool": tool, "arguments": arguments, "seconds": round(time.time() - since, 2), "bytes": size,
                    "error": bool(result.get("isError") or "error" in message)}) + "\n")

    def kill(self, call):
        with self.lock:
            if call not in self.calls:
                return
        os.kill(self.server.pid, signal.SIGKILL)
        self.server.wait()
        (self.folder / "records/killed").touch()
        with self.lock:
            self.start()
        for message in self.greeting:
            again = {**message, "id": "greeting-again"} if "id" in message else message
            self.send(again)
        cut = {"jsonrpc": "2.0", "id": call, "error": {"code": -32000, "message": "The server ended; it was started again."}}
        self.note(cut, 0)
        sys.stdout.buffer.write(json.dumps(cut).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    Recorder(sys.argv[1]).serve()

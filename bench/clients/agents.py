#!/usr/bin/env python3
"""Drives a server with coding agents from npm, without an account: a stand-in for their models on
the loopback interface lets each call `status` once, and says what came back.

    npm i @anthropic-ai/claude-code @openai/codex @google/gemini-cli opencode-ai
    python3 bench/clients/agents.py ./hostperf node_modules/.bin [AGENT…]

Prints, for each agent over standard input and output (also with --detach) and over HTTP, how many
of hostperf's tools its model was offered and whether the answer of `status` reached the model.
"""

import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

MODEL = "stand-in"
SAID = "Say what the status tool of hostperf answers."


class Talk:
    """What one agent's model was offered, and what its call brought."""

    def __init__(self):
        self.offered, self.answer, self.fault = set(), None, None


talk = Talk()


class Model(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.send("application/json", json.dumps({"data": [], "models": [], "object": "list"}))

    do_HEAD = do_GET

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")
        path = self.path.split("?")[0]
        for ending, answer in {
            "/count_tokens": lambda _: [{"input_tokens": 1}],
            "/messages": anthropic,
            "/responses": responses,
            "/chat/completions": completions,
            ":streamGenerateContent": gemini,
            ":generateContent": gemini,
        }.items():
            if path.endswith(ending):
                events = answer(asked)
                break
        else:
            events = [{}]
        if asked.get("stream") or "streamGenerateContent" in path:
            lines = [(f"event: {e['type']}\n" if "type" in e else "") + f"data: {json.dumps(e)}\n\n" for e in events]
            lines += ["data: [DONE]\n\n"] if path.endswith("completions") else []
            self.send("text/event-stream", "".join(lines))
        else:
            self.send("application/json", json.dumps(events[0]))

    def send(self, kind, body):
        body = body.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def choose(names, results):
    """The tool to call, or None where its answer has come."""
    ours = {n for n in names if n and "hostperf" in n}
    talk.offered |= ours
    if results:
        talk.answer = str(results[-1])
        return None
    return next((n for n in sorted(ours) if re.search(r"hostperf_+status$", n)), None)


def anthropic(asked):
    results = [
        b for m in asked.get("messages", []) if isinstance(m["content"], list)
        for b in m["content"] if b["type"] == "tool_result"
    ]
    tool = choose([t.get("name") for t in asked.get("tools", [])], results)
    block = {"type": "tool_use", "id": "toolu_1", "name": tool, "input": {}} if tool else {"type": "text", "text": ""}
    delta = {"type": "input_json_delta", "partial_json": "{}"} if tool else {"type": "text_delta", "text": "Done."}
    usage = {"input_tokens": 1, "output_tokens": 1}
    head = {"id": "msg_1", "type": "message", "role": "assistant", "model": MODEL, "content": []}
    stop = {"stop_reason": "tool_use" if tool else "end_turn", "stop_sequence": None}
    if not asked.get("stream"):
        whole = block if tool else {"type": "text", "text": "Done."}
        return [{**head, "content": [whole], **stop, "usage": usage}]
    return [
        {"type": "message_start", "message": {**head, "stop_reason": None, "stop_sequence": None, "usage": usage}},
        {"type": "content_block_start", "index": 0, "content_block": block},
        {"type": "content_block_delta", "index": 0, "delta": delta},
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": stop, "usage": usage},
        {"type": "message_stop"},
    ]


def responses(asked):
    results = [i for i in asked.get("input", []) if i.get("type") == "function_call_output"]
    names = {}
    for tool in asked.get("tools", []):
        if "tools" not in tool:
            names[tool.get("name")] = {}
        # Some agents offer a server's tools as a group.
        for inner in tool.get("tools", []):
            names[f"{tool.get('name')}__{inner.get('name')}"] = {"namespace": tool.get("name"), "name": inner.get("name")}
    tool = choose(list(names), results)
    if tool:
        item = {"type": "function_call", "id": "fc_1", "call_id": "call_1", "name": tool, "arguments": "{}", **names[tool]}
    else:
        text = {"type": "output_text", "text": "Done.", "annotations": []}
        item = {"type": "message", "id": "m_1", "role": "assistant", "status": "completed", "content": [text]}
    usage = {"input_tokens": 1, "output_tokens": 1, "total_tokens": 2}
    head = {"id": "r_1", "object": "response", "model": MODEL}
    return [
        {"type": "response.created", "response": {**head, "status": "in_progress", "output": []}},
        {"type": "response.output_item.added", "output_index": 0, "item": item},
        {"type": "response.output_item.done", "output_index": 0, "item": item},
        {"type": "response.completed", "response": {**head, "status": "completed", "output": [item], "usage": usage}},
    ]


def completions(asked):
    results = [m for m in asked.get("messages", []) if m["role"] == "tool"]
    tool = choose([t["function"]["name"] for t in asked.get("tools", [])], results)
    head = {"id": "c_1", "object": "chat.completion.chunk", "created": 1, "model": MODEL}
    call = {"index": 0, "id": "call_1", "type": "function", "function": {"name": tool, "arguments": "{}"}}
    delta = {"role": "assistant", **({"tool_calls": [call]} if tool else {"content": "Done."})}
    end = {"index": 0, "delta": {}, "finish_reason": "tool_calls" if tool else "stop"}
    usage = {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}
    if not asked.get("stream"):
        return [{**head, "object": "chat.completion", "choices": [{**end, "message": delta}], "usage": usage}]
    first = {"index": 0, "delta": delta, "finish_reason": None}
    return [{**head, "choices": [first]}, {**head, "choices": [end], "usage": usage}]


def gemini(asked):
    parts = [p for c in asked.get("contents", []) for p in c.get("parts", [])]
    results = [p["functionResponse"] for p in parts if "functionResponse" in p]
    declared = [f["name"] for t in asked.get("tools", []) for f in t.get("functionDeclarations", [])]
    tool = choose(declared, results)
    part = {"functionCall": {"name": tool, "args": {}}} if tool else {"text": "Done."}
    candidate = {"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}
    return [{"candidates": [candidate], "usageMetadata": {"promptTokenCount": 1, "totalTokenCount": 2}}]


def servers(launcher, checkout, url, token):
    """The ways to hostperf: a command, or an address."""
    return {
        "stdio": {"command": launcher, "args": ["-C", checkout, "serve"]},
        "stdio, --detach": {"command": launcher, "args": ["-C", checkout, "serve", "--detach"]},
        "HTTP": {"url": url, "token": token},
    }


def claude(home, model, way):
    server = way if "command" in way else {"type": "http", "url": way["url"], "headers": bearer(way)}
    (home / "mcp.json").write_text(json.dumps({"mcpServers": {"hostperf": server}}))
    words = ["claude", "-p", SAID, "--mcp-config", str(home / "mcp.json"), "--strict-mcp-config"]
    words += ["--allowedTools", "mcp__hostperf__status", "--model", "claude-sonnet-4-5"]
    return words, {
        "ANTHROPIC_BASE_URL": model,
        "ANTHROPIC_API_KEY": "none",
        "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
        # Else the tools of servers are offered only when the model looks for some.
        "ENABLE_TOOL_SEARCH": "false",
    }


def codex(home, model, way):
    config = f'model = "{MODEL}"\nmodel_provider = "here"\n[model_providers.here]\nname = "here"\n'
    config += f'base_url = "{model}/v1"\nwire_api = "responses"\nenv_key = "HERE_KEY"\n[mcp_servers.hostperf]\n'
    if "command" in way:
        config += f"command = {json.dumps(way['command'])}\nargs = {json.dumps(way['args'])}\n"
    else:
        config += f'url = "{way["url"]}"\nbearer_token_env_var = "HOSTPERF_TOKEN"\n'
    (home / "config.toml").write_text(config + "startup_timeout_sec = 60\nrequired = true\n")
    words = ["codex", "exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", SAID]
    return words, {"CODEX_HOME": str(home), "HERE_KEY": "none", "HOSTPERF_TOKEN": way.get("token", "")}


def gemini_cli(home, model, way):
    server = way if "command" in way else {"httpUrl": way["url"], "headers": bearer(way)}
    settings = {
        "mcpServers": {"hostperf": {**server, "trust": True, "timeout": 60000}},
        "security": {"auth": {"selectedType": "gemini-api-key"}},
        "privacy": {"usageStatisticsEnabled": False},
    }
    (home / ".gemini").mkdir()
    (home / ".gemini/settings.json").write_text(json.dumps(settings))
    words = ["gemini", "--yolo", "--skip-trust", "-m", "gemini-2.5-flash", "-p", SAID]
    return words, {"GEMINI_API_KEY": "none", "GOOGLE_GEMINI_BASE_URL": model}


def opencode(home, model, way):
    server = (
        {"type": "local", "command": [way["command"], *way["args"]], "enabled": True}
        if "command" in way
        else {"type": "remote", "url": way["url"], "headers": bearer(way), "enabled": True, "oauth": False}
    )
    provider = {
        "npm": "@ai-sdk/openai-compatible",
        "name": "here",
        "options": {"baseURL": f"{model}/v1", "apiKey": "none"},
        "models": {MODEL: {"name": MODEL}},
    }
    config = {"provider": {"here": provider}, "mcp": {"hostperf": server}, "share": "disabled", "autoupdate": False}
    (home / "opencode.json").write_text(json.dumps(config))
    return ["opencode", "run", "-m", f"here/{MODEL}", SAID], {"OPENCODE_CONFIG": str(home / "opencode.json")}


def bearer(way):
    return {"Authorization": f"Bearer {way['token']}"}


AGENTS = {"claude": claude, "codex": codex, "gemini": gemini_cli, "opencode": opencode}


def drive(agent, way, bin_folder, model, env):
    global talk
    talk = Talk()
    with tempfile.TemporaryDirectory(prefix="agent-") as name:
        home = pathlib.Path(name)
        words, more = AGENTS[agent](home, model, way)
        words[0] = os.path.join(bin_folder, words[0])
        version = subprocess.run([words[0], "--version"], capture_output=True, text=True, env=env).stdout.split("\n")[0]
        folders = {"HOME": name, "XDG_CONFIG_HOME": f"{name}/config", "XDG_DATA_HOME": f"{name}/data", "XDG_CACHE_HOME": f"{name}/cache"}
        # The server has its own folder for what it keeps, as given.
        try:
            said = subprocess.run(
                words, env={**env, **folders, **more}, cwd=name, stdin=subprocess.DEVNULL,
                capture_output=True, text=True, timeout=180,
            )
            talk.fault = (said.stderr or said.stdout)[-400:]
        except subprocess.TimeoutExpired as e:
            talk.fault = f"did not end: {(e.stderr or b'')[-400:]}"
    return version


def main():
    launcher, bin_folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    model = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=model.serve_forever, daemon=True).start()
    place = f"http://127.0.0.1:{model.server_port}"
    bad = 0
    with tempfile.TemporaryDirectory(prefix="agents-") as folder:
        os.mkdir(checkout := os.path.join(folder, "checkout"))
        env = {**os.environ, "XDG_STATE_HOME": os.path.join(folder, "state")}
        token = subprocess.run(
            [launcher, "token", "add", "agent"], env=env, check=True, capture_output=True, text=True
        ).stdout.strip()
        server = subprocess.Popen(
            [launcher, "-C", checkout, "serve", "--http", "127.0.0.1:0"], env=env, stderr=subprocess.PIPE, text=True
        )
        try:
            url = server.stderr.readline().split()[0]
            for agent in sys.argv[3:] or AGENTS:
                for name, way in servers(launcher, checkout, url, token).items():
                    version = drive(agent, way, bin_folder, place, env)
                    came = talk.answer is not None and "start_run" in talk.answer
                    good = came and len(talk.offered) == 14
                    bad += not good
                    print(f"{agent:9} {version:24} {name:16} {len(talk.offered)} tools, answer {'came' if came else 'did not come'}", flush=True)
                    if not good:
                        print(f"    offered {sorted(talk.offered)}\n    answer {talk.answer}\n    {talk.fault}", flush=True)
        finally:
            server.terminate()
            server.wait(20)
            time.sleep(12)  # a detached one ends by itself
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

"""Starts one form of a release: `initialize`, `tools/list`, and `profile` of a small program.

    python3 try-form.py LAUNCHER FOLDER
"""

import json
import os
import subprocess
import sys

PROGRAM = """
import time
def step(i):
    return sum(j * i for j in range(20000))
end = time.time() + 3
while time.time() < end:
    step(3)
"""


def main(launcher, folder):
    user = {}
    if os.getuid() == 0:
        user = {"user": 65534, "group": 65534, "extra_groups": []}
        os.chmod(folder, 0o755)
        os.chown(os.environ["HOME"], 65534, 65534)
    work = os.path.join(os.environ["HOME"], "work")
    os.makedirs(work, exist_ok=True)
    if user:
        os.chown(work, 65534, 65534)
    requests = [
        {
            "id": 1,
            "method": "initialize",
            "params": {
                "protocolVersion": "2025-06-18",
                "capabilities": {},
                "clientInfo": {"name": "check", "version": "1"},
            },
        },
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/list"},
    ]
    sent = "".join(json.dumps({"jsonrpc": "2.0", **r}) + "\n" for r in requests)
    served = subprocess.run(
        [launcher, "-C", work, "serve"], input=sent, capture_output=True, text=True, timeout=120, **user
    )
    answers = {a.get("id"): a for a in map(json.loads, served.stdout.splitlines())}
    assert answers[1]["result"]["serverInfo"]["name"] == "hostperf", served
    assert any(t["name"] == "profile" for t in answers[2]["result"]["tools"]), served

    with open(os.path.join(work, "program.py"), "w") as file:
        file.write(PROGRAM)
    command = [launcher, "profile", "--passes", "samples", "--json", "--", "python3", "program.py"]
    profiled = subprocess.run(
        command, cwd=work, capture_output=True, text=True, timeout=300, **user
    )
    assert profiled.returncode == 0, profiled
    assert "step" in json.dumps(json.loads(profiled.stdout)["functions"]), profiled


main(*sys.argv[1:])

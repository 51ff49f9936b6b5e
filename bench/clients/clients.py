#!/usr/bin/env python3
"""Drives a server with the official Python client (`pip install mcp`, 2.3 or newer): by both
revisions of the protocol, over standard input and output and over HTTP.

    python3 bench/clients/clients.py ./hostperf [--crowd N --seconds S]

Makes a checkout of its own in a temporary folder, starts `serve --http` there with a token, and
prints one line a client. With --crowd, N clients at once call for S seconds; some are cut off amid
a call. What is wrong ends it with exit code 1.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time

import httpx2
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

MODES = ["legacy", "auto", "2026-07-28"]


async def look(client, name):
    tools = (await client.list_tools()).tools
    prompts = (await client.list_prompts()).prompts
    resources = (await client.list_resources()).resources
    said = await client.call_tool("status", {})
    refused = await client.call_tool("report", {"run_id": "run-aaaaaaaa", "scope": "final"})
    page = await client.read_resource("hostperf://references/examples.md")
    assert len(tools) == 14 and prompts and resources and page.contents
    assert not said.is_error and refused.is_error
    print(f"{name:32} {client.protocol_version}  {len(tools)} tools, {len(resources)} pages")


def http(url, token):
    http_client = httpx2.AsyncClient(headers={"Authorization": f"Bearer {token}"}, timeout=120)
    return streamable_http_client(url, http_client=http_client)


async def one_of_a_crowd(url, token, until, mode, done):
    while time.monotonic() < until:
        try:
            async with Client(http(url, token), mode=mode, read_timeout_seconds=60) as client:
                for _ in range(random.randint(1, 5)):
                    said = await client.call_tool("status", {})
                    assert not said.is_error, said
                    done["calls"] += 1
        except Exception as e:  # noqa: BLE001, counted
            done["failed"] += 1
            done.setdefault("why", repr(e)[:300])
        if random.random() < 0.3:
            await cut_off(url, token, mode)
            done["cut off"] += 1


async def cut_off(url, token, mode):
    """Goes amid a call, whatever the client makes of that."""
    try:
        async with asyncio.timeout(0.2 + random.random()):
            async with Client(http(url, token), mode=mode) as client:
                while True:
                    await client.call_tool("search_references", {"query": "item"})
    except (Exception, ExceptionGroup):  # noqa: BLE001
        pass


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))


def java(pid):
    """The launcher makes itself Java."""
    with open(f"/proc/{pid}/cmdline") as line:
        assert "java" in line.read()
    return pid


async def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("hostperf")
    parser.add_argument("--crowd", type=int, default=0)
    parser.add_argument("--seconds", type=int, default=30)
    given = parser.parse_args()
    launcher = os.path.abspath(given.hostperf)
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(checkout := os.path.join(folder, "checkout"))
        env = {**os.environ, "XDG_STATE_HOME": os.path.join(folder, "state")}
        for mode in MODES:
            parameters = StdioServerParameters(command=launcher, args=["-C", checkout, "serve"], env=env)
            async with Client(parameters, mode=mode) as client:
                await look(client, f"stdio, {mode}")
        token = subprocess.run(
            [launcher, "token", "add", "python"], env=env, check=True, capture_output=True, text=True
        ).stdout.strip()
        server = subprocess.Popen(
            [launcher, "-C", checkout, "serve", "--http", "127.0.0.1:0"],
            env=env, stderr=subprocess.PIPE, text=True,
        )
        try:
            url = server.stderr.readline().split()[0]
            for mode in MODES:
                async with Client(http(url, token), mode=mode) as client:
                    await look(client, f"HTTP, {mode}")
            if given.crowd:
                before = resident(java(server.pid))
                done = {"calls": 0, "cut off": 0, "failed": 0}
                until = time.monotonic() + given.seconds
                await asyncio.gather(
                    *(
                        one_of_a_crowd(url, token, until, MODES[i % len(MODES)], done)
                        for i in range(given.crowd)
                    )
                )
                after = resident(server.pid)
                print(f"crowd of {given.crowd}, {given.seconds} s: {done}, {before} to {after} MB")
                return 1 if done["failed"] or server.poll() is not None else 0
        finally:
            server.terminate()
            server.wait(20)
    return 0


sys.exit(asyncio.run(main()))

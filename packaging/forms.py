"""The forms that package managers and agents take, from templates/ and a release's folder.

In a template `${version}`, `${description}` and the like stand for the build's values, quoted as
JSON in JSON files. `${links}` are the install links.
"""

import base64
import json
import os
import re
import shutil
import urllib.parse

import archives

TEMPLATES = f"{os.path.dirname(os.path.abspath(__file__))}/templates"
PLACE = re.compile(r"\$\{(\w+)\}")


def write(out, image, values):
    values = {**values, **links(values)}
    folders = f"{out}/forms"
    filled(f"{TEMPLATES}/npm", f"{folders}/npm", values)
    filled(f"{TEMPLATES}/npm-platform", f"{folders}/npm-platform", values, image)
    filled(f"{TEMPLATES}/mcpb", f"{folders}/mcpb", values, image, "server")
    filled(f"{TEMPLATES}/plugin", f"{folders}/plugin", values)
    skill(image, f"{folders}/plugin/hostperf/skills")
    filled(f"{TEMPLATES}/gemini", f"{folders}/gemini", values)
    filled(f"{TEMPLATES}/registry", f"{folders}/registry", values)
    filled(f"{TEMPLATES}/docs", f"{folders}/docs", values)
    version = values["version"]
    platform = values["platform"]
    archives.tar_gz(f"{out}/hostperf-{version}.tgz", f"{folders}/npm", "package")
    archives.tar_gz(f"{out}/hostperf-{platform}-{version}.tgz", f"{folders}/npm-platform", "package")
    archives.zipped(f"{out}/hostperf-{version}-{platform}.mcpb", f"{folders}/mcpb")
    archives.tar_gz(f"{out}/hostperf-plugin-{version}.tar.gz", f"{folders}/plugin", "hostperf-marketplace")
    archives.tar_gz(f"{out}/hostperf-gemini-{version}.tar.gz", f"{folders}/gemini", "hostperf")
    shutil.copyfile(f"{folders}/registry/server.json", f"{out}/server.json")


def skill(image, out):
    """The skills with the pages that they name, as the server shows them too."""
    shutil.copytree(f"{image}/skills", out)
    for name in os.listdir(out):
        shutil.copytree(f"{image}/references", f"{out}/{name}/references")


def filled(template, out, values, image=None, below="."):
    """A form's folder: the image, if it brings one, and the template over it."""
    if image:
        shutil.copytree(image, os.path.join(out, below), copy_function=hard_link)
        # They unpack files with times of their own; the launcher puts those of the jars right.
        os.remove(os.path.join(out, below, "app/times-kept"))
    for name, path in archives.files(template):
        os.makedirs(os.path.dirname(f"{out}/{name}"), exist_ok=True)
        with open(path) as file:
            text = file.read()
        in_json = name.endswith(".json")
        text = PLACE.sub(lambda m: value(m, values, in_json), text)
        if in_json:
            json.loads(text)
        if os.path.exists(f"{out}/{name}"):
            os.remove(f"{out}/{name}")
        with open(f"{out}/{name}", "w") as file:
            file.write(text)
        shutil.copymode(path, f"{out}/{name}")


def value(match, values, in_json):
    if match[1] not in values:
        return match[0]  # a client's own, such as ${CLAUDE_PLUGIN_ROOT}
    text = values[match[1]]
    return json.dumps(text)[1:-1] if in_json else text


def hard_link(source, out):
    os.link(source, out)


def links(values):
    """What a click installs in VS Code and Cursor: the npm package."""
    server = {"command": "npx", "args": ["-y", f"hostperf@{values['version']}", "serve"]}
    named = {"name": "hostperf", "type": "stdio", **server}
    quoted = urllib.parse.quote(json.dumps(named, separators=(",", ":")), safe="")
    packed = base64.b64encode(json.dumps(server, separators=(",", ":")).encode()).decode()
    return {
        "vscode_link": f"vscode:mcp/install?{quoted}",
        "cursor_link": "cursor://anysphere.cursor-deeplink/mcp/install?name=hostperf&config="
        + urllib.parse.quote(packed, safe=""),
    }

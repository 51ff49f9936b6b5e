#!/usr/bin/env python3
"""Makes target/release/ from the built modules: `./mvnw -Prelease package` calls this."""

import argparse
import hashlib
import os
import platform
import shutil
import sys

import archives
import forms
import image

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def here():
    system = {"Linux": "linux", "Darwin": "darwin"}[platform.system()]
    machine = {"x86_64": "x64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine()]
    return f"{system}-{machine}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", required=True)
    parser.add_argument("--description", required=True)
    parser.add_argument("--server-name", required=True, help="in the MCP registry")
    parser.add_argument("--java-home", default=os.environ.get("JAVA_HOME"))
    parser.add_argument("--sbom", help="CycloneDX, JSON")
    parser.add_argument("--out", default=f"{ROOT}/target/release")
    given = parser.parse_args()
    if given.sbom and not os.path.exists(given.sbom):
        raise SystemExit(f"There is no {given.sbom}: Maven makes it online only, so build without -o.")

    out = given.out
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    name = f"hostperf-{given.version}-{here()}"
    folder = f"{out}/{name}"
    image.build(ROOT, folder, here(), given.java_home, given.sbom)
    archives.tar_gz(f"{out}/{name}.tar.gz", folder, name)
    forms.write(
        out,
        folder,
        {
            "version": given.version,
            "description": given.description,
            "server_name": given.server_name,
            "platform": here(),
            "os": here().split("-")[0],
            "cpu": here().split("-")[1],
        },
    )
    packed = [n for n in sorted(os.listdir(out)) if os.path.isfile(f"{out}/{n}")]
    with open(f"{out}/SHA256SUMS", "w") as sums:
        for file in packed:
            with open(f"{out}/{file}", "rb") as content:
                sums.write(f"{hashlib.file_digest(content, 'sha256').hexdigest()}  {file}\n")
    for file in packed:
        print(f"{os.path.getsize(f'{out}/{file}') / 1e6:8.1f} MB  {file}")


if __name__ == "__main__":
    sys.exit(main())

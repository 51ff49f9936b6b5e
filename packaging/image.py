"""The folder that a release is: Java, jars, texts, and the start cache that all of them make."""

import os
import re
import shutil
import subprocess
import zipfile

import archives

# What the jars need of Java, by jdeps; java.desktop is named by code that is never reached.
MODULES = (
    "java.base,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,"
    "java.xml,jdk.security.auth,jdk.unsupported"
)

# Native code of other platforms, by platform.
NATIVES = re.compile(
    r"org/sqlite/native/(?P<sqlite>.+)/[^/]+|lib/(?P<tree_sitter>[^/]+)-tree-sitter[^/]*\.(so|dylib|dll)"
)
OWN = {
    "linux-x64": ("Linux/x86_64", "x86_64-linux-gnu"),
    "linux-arm64": ("Linux/aarch64", "aarch64-linux-gnu"),
    "darwin-x64": ("Mac/x86_64", "x86_64-macos"),
    "darwin-arm64": ("Mac/aarch64", "aarch64-macos"),
}
LICENCE = re.compile(r"(META-INF/)?(LICEN[CS]E|NOTICE|about)[^/]*|META-INF/(licenses|legal)/.*", re.I)


class Foreign:
    """Matches the native code of other platforms."""

    def __init__(self, platform):
        self.own = OWN[platform]

    def fullmatch(self, name):
        found = NATIVES.fullmatch(name)
        return bool(found) and not any(part in self.own for part in found.groups() if part)


def build(root, folder, platform, java_home, sbom):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(f"{folder}/bin")
    runtime(java_home, f"{folder}/runtime")
    jars(root, folder, platform)
    texts(root, folder)
    licences(root, folder)
    if sbom:
        shutil.copyfile(sbom, f"{folder}/bom.json")
    shutil.copy(f"{root}/hostperf", f"{folder}/bin/hostperf")
    start = f"{folder}/bin/hostperf"
    # Any command but `serve` makes the start cache where there is none.
    subprocess.run([start, "--version"], check=True, stdout=subprocess.DEVNULL)
    if not os.path.getsize(f"{folder}/app/hostperf.aot"):
        raise SystemExit("the start cache could not be made")
    command_line(start, f"{folder}/share")
    # The launcher sets the times of the jars where this file is missing.
    open(f"{folder}/app/times-kept", "w").close()


def runtime(java_home, out):
    subprocess.run(
        [f"{java_home}/bin/jlink", "--add-modules", MODULES, "--output", out]
        + ["--strip-debug", "--no-header-files", "--no-man-pages", "--compress", "zip-0"]
        + ["--generate-cds-archive"],
        check=True,
    )
    # Only for heaps of 32 GB and more.
    os.remove(f"{out}/lib/server/classes_nocoops.jsa")
    # Packages hold no links.
    for path in (path for _, path in archives.files(f"{out}/legal") if os.path.islink(path)):
        real = os.path.realpath(path)
        os.remove(path)
        shutil.copyfile(real, path)


def jars(root, folder, platform):
    foreign = Foreign(platform)
    target = f"{root}/server/target"
    os.makedirs(f"{folder}/app/lib")
    for name in ["hostperf-server.jar", *libraries(target)]:
        archives.jar(f"{target}/{name}", f"{folder}/app/{name}", foreign)


def libraries(target):
    """The jars that the server's manifest names: lib/ keeps those of earlier builds, too."""
    with zipfile.ZipFile(f"{target}/hostperf-server.jar") as jar:
        manifest = archives.unfolded(jar.read("META-INF/MANIFEST.MF"))
    return re.search(r"^Class-Path: (.*)$", manifest, re.M)[1].split()


def texts(root, folder):
    ignored = shutil.ignore_patterns("__pycache__", ".hostperf", ".pytest_cache")
    for name in ("references", "prompts", "skills", "examples", "docs"):
        shutil.copytree(f"{root}/{name}", f"{folder}/{name}", ignore=ignored)
    for name in ("LICENSE", "NOTICE", "README.md", "SECURITY.md"):
        shutil.copyfile(f"{root}/{name}", f"{folder}/{name}")


def licences(root, folder):
    """Those that libraries bring with them; Java's are in runtime/legal."""
    target = f"{root}/server/target"
    for path in libraries(target):
        name = os.path.basename(path).removesuffix(".jar")
        with zipfile.ZipFile(f"{target}/{path}") as jar:
            for entry in jar.namelist():
                if LICENCE.fullmatch(entry) and not entry.endswith("/"):
                    out = f"{folder}/licences/{name}/{os.path.basename(entry)}"
                    os.makedirs(os.path.dirname(out), exist_ok=True)
                    with open(out, "wb") as file:
                        file.write(jar.read(entry))


def command_line(start, share):
    """Completions and the manual's page, which the command line knows itself."""
    for path, arguments in {
        "bash-completion/completions/hostperf": ["completion", "bash"],
        "zsh/hostperf.zsh": ["completion", "zsh"],
        "fish/vendor_completions.d/hostperf.fish": ["completion", "fish"],
        "man/man1/hostperf.1": ["completion", "man"],
    }.items():
        os.makedirs(os.path.dirname(f"{share}/{path}"), exist_ok=True)
        text = subprocess.run([start, *arguments], check=True, stdout=subprocess.PIPE).stdout
        with open(f"{share}/{path}", "wb") as file:
            file.write(text)

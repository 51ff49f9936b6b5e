"""Archives whose bytes depend on their contents alone."""

import gzip
import io
import os
import re
import tarfile
import zipfile

# The moment that npm gives to all files of its packages. A start cache fits only jars with the
# times that it was made with, so all forms of a release have this one.
MOMENT = 499162500  # 1985-10-26T08:15:00Z
ZIP_MOMENT = (1985, 10, 26, 8, 15, 0)

SIGNATURE = re.compile(r"META-INF/[^/]+\.(SF|RSA|DSA|EC)")


def files(folder):
    """All files below a folder, as (path in it, path), sorted."""
    found = []
    for at, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(at, name)
            found.append((os.path.relpath(path, folder).replace(os.sep, "/"), path))
    return sorted(found)


def tar_gz(out, folder, prefix):
    with open(out, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for name, path in files(folder):
                entry = tarfile.TarInfo(f"{prefix}/{name}")
                entry.size = os.path.getsize(path)
                entry.mode = 0o755 if os.access(path, os.X_OK) else 0o644
                entry.mtime = MOMENT
                with open(path, "rb") as file:
                    tar.addfile(entry, file)


def zipped(out, folder):
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in files(folder):
            entry = zip_entry(name, 0o755 if os.access(path, os.X_OK) else 0o644)
            with open(path, "rb") as file:
                archive.writestr(entry, file.read())


def zip_entry(name, mode):
    entry = zipfile.ZipInfo(name, ZIP_MOMENT)
    entry.external_attr = (0o100000 | mode) << 16
    entry.create_system = 3  # Unix, so that modes count
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def jar(source, out, foreign):
    """Copies a jar without the entries that `foreign` matches, and without signatures: classes of
    signed jars are not taken into a start cache, and checking the signature takes longer than the
    rest of a start."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        names = [n for n in old.namelist() if not n.endswith("/") and not foreign.fullmatch(n)]
        signed = any(SIGNATURE.fullmatch(n) for n in names)
        for name in names:
            if SIGNATURE.fullmatch(name):
                continue
            content = old.read(name)
            if signed and name == "META-INF/MANIFEST.MF":
                content = main_section(content)
            # Stored: Java reads them as they are, and the release is packed as a whole.
            entry = zip_entry(name, 0o644)
            entry.compress_type = zipfile.ZIP_STORED
            new.writestr(entry, content)
    os.utime(out, (MOMENT, MOMENT))


def main_section(manifest):
    """A manifest without the digests of its entries."""
    return (text_of(manifest).split("\n\n", 1)[0].rstrip("\n") + "\n\n").encode()


def unfolded(manifest):
    """Its lines, which are written in pieces of 72 bytes."""
    return text_of(manifest).replace("\n ", "")


def text_of(manifest):
    return io.StringIO(manifest.decode(), newline=None).read()

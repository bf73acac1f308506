"""What a start has made, kept for the next one: files named by the content that they were made from."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import orjson

from app.pictures.store import write_whole

FORM = b"kernelwalk prepared 1\n"
DIGEST = 32
MAKERS = ("brotli", "minify-go", "rcssmin")  # what scripts and styles are made with
HERE = Path(__file__).parent
KEPT = 8  # files, two of a start; older ones are of other versions

Table = Mapping[str, tuple[dict[str, str], Mapping[str, bytes]]]


def name_of(contents: Mapping[str, bytes]) -> str:
    """Another one with any change to the contents, to the code that makes something of them, or to its libraries."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {[release(maker) for maker in MAKERS]}".encode())
    for file in (HERE / "assets.py", HERE / "prepared.py", *sorted((HERE / "scripts").glob("*.py"))):
        digest.update(file.read_bytes())
    for path, content in sorted(contents.items()):
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def release(package: str) -> str:
    with suppress(PackageNotFoundError):
        return version(package)
    return "none"


def found(folder: Path, name: str) -> Table | None:
    """What was kept under that name, whole and unchanged; None otherwise.

    The file is a line, the digest of all that follows, the length of a table in JSON, the table, and the bytes it
    names one after another: nothing in it is executed.
    """
    try:
        text = (folder / name).read_bytes()
    except OSError:
        return None
    body = text[len(FORM) + DIGEST :]
    if text[: len(FORM)] != FORM or hashlib.sha256(body).digest() != text[len(FORM) : len(FORM) + DIGEST]:
        return None
    length = int.from_bytes(body[:8])
    place, told = 8 + length, {}
    for path, facts, parts in orjson.loads(body[8:place]):
        blobs = {}
        for part, size in parts:
            blobs[part] = body[place : place + size]
            place += size
        told[path] = (facts, blobs)
    return told


def keep(folder: Path, name: str, table: Table) -> None:
    """Keeps it where that can be done; a start that cannot write there makes it anew each time."""
    index = [
        [path, facts, [[part, len(blob)] for part, blob in blobs.items()]] for path, (facts, blobs) in table.items()
    ]
    head = orjson.dumps(index)
    body = b"".join((len(head).to_bytes(8), head, *(blob for _, blobs in table.values() for blob in blobs.values())))
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, FORM + hashlib.sha256(body).digest() + body)
        earlier = [place for place in folder.iterdir() if len(place.name) == 2 * DIGEST]
        for place in sorted(earlier, key=lambda place: place.stat().st_mtime)[:-KEPT]:
            place.unlink(missing_ok=True)

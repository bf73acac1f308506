"""Static files, read and compressed once at start, under an address that changes with their content."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import brotli
from rcssmin import cssmin
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app import prepared
from app.http.responses import CODINGS, FOR_EVER, SHORT, SMALLEST_COMPRESSED, is_known, takes, validators
from app.scripts.linker import link
from app.scripts.minifier import minified

FOLDER = Path(__file__).parent.parent / "static"
ENTRY = "kernel-walk.js"
LATE = "painters/late.js"  # imported when it is needed, at its own address
COURSE = "element/course.js"  # imported where a walk has stops
BESIDE = "element/beside.js"  # imported where two walks stand beside each other
EFFECTS = "stage/effects.js"  # imported when the first step stands
KEYBOARD = "element/brought-keys.js"  # imported when the first step stands, or with a key before that
VIEWS = "views/linked.js"  # imported where an element shows views under its stage
TABS = "views/registry.js"  # the same views, imported where the lab opens another tab than the first
PARTICLES = "words/particles.js"  # imported where Korean is spoken
QUESTIONS = "questions/card.js"  # imported where an element asks
SHARE = "lab/share.js"  # imported where the lab's share menu is opened; by itself, so that the element lends it nothing
DIGIT = "lab/shown-digit.js"  # imported where the lab's pad is opened; by itself, too
OFFLINE = "offline/open.js"  # stands in the file of a figure
OFFLINE_ASKING = "offline/open-asking.js"  # and in one that may ask
ENTRIES = (
    ENTRY,
    "lab/lab.js",
    "gallery/gallery.js",
    "lesson/lesson.js",
    LATE,
    COURSE,
    BESIDE,
    EFFECTS,
    KEYBOARD,
    VIEWS,
    TABS,
    PARTICLES,
    QUESTIONS,
    SHARE,
    DIGIT,
    OFFLINE,
    OFFLINE_ASKING,
)
LEANING = ("lab/lab.js", LATE, COURSE, BESIDE, EFFECTS, KEYBOARD, VIEWS, TABS, QUESTIONS)  # come where the element is
# The first step runs most of the element: a browser that knows this word compiles all of it while it arrives,
# beside the page's own thread, and not function by function where each is called first.
COMPILED_WHOLE = "//# allFunctionsCalledOnLoad\n"
VERSION = re.compile(r"[0-9a-f]{12}")
WORDS = re.compile(r"(words/\w+/)[a-z]{2,8}\.json")
NOT_SERVED = (".ts", ".map", ".py")
TYPES: Mapping[str, str] = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".md": "text/markdown; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
PACKED = (".png", ".webp", ".woff2")
TIGHT, QUICK = 11, 5  # of brotli


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes, the same in each coding where that helps, its type and validator."""

    body: bytes
    compressed: Mapping[str, bytes]
    media_type: str
    tag: str


class Assets:
    """All static files of the product, and some `made` at start. `version` names their content, so that versioned
    addresses never change."""

    def __init__(
        self, folder: Path = FOLDER, made: Mapping[str, bytes] | None = None, kept: Path | None = None
    ) -> None:
        """What an earlier start has joined and compressed of the very same files is taken from the folder `kept`."""
        contents = read_all(folder) | dict(made or {})
        name = prepared.name_of(contents)
        table = prepared.found(kept, name) if kept else None
        if table is not None:
            self.files = {path: unpacked(facts, blobs) for path, (facts, blobs) in table.items()}
        else:
            self.files = {path: asset(path, content) for path, content in served(contents).items()}
            if kept:
                prepared.keep(kept, name, {path: packed(file) for path, file in self.files.items()})
        self.version = version_of({path: file.body for path, file in self.files.items()})

    def address(self, path: str) -> str:
        """Where a page finds a file, below the server's root; a file that is not there is our own mistake."""
        if path not in self.files:
            raise KeyError(path)
        return f"/static/{self.version}/{path}"

    async def serve(self, request: Request) -> Response:
        """/static/VERSION/path for ever, /static/path for a short while; no words for a language we do not speak."""
        version, _, rest = str(request.path_params["path"]).partition("/")
        path = rest if VERSION.fullmatch(version) else str(request.path_params["path"])
        found = self.files.get(path) or self.files.get(WORDS.sub(r"\1en.json", path))
        if not found:
            raise HTTPException(404)
        return found_answer(request, found, FOR_EVER if version == self.version else SHORT)


def served(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files as they are given: entries joined, scripts and styles made short."""
    sources = texts(contents)
    joined = {entry: linked(entry, sources) for entry in ENTRIES if entry in contents}
    short = minified(joined)
    scripts = {entry: f"{COMPILED_WHOLE if entry == ENTRY else ''}{script}".encode() for entry, script in short.items()}
    styles = {path: cssmin(text).encode() for path, text in sources.items() if path.endswith(".css")}
    return {**contents, **scripts, **styles}


def packed(file: Asset) -> tuple[dict[str, str], Mapping[str, bytes]]:
    return {"media_type": file.media_type, "tag": file.tag}, {"": file.body, **file.compressed}


def unpacked(facts: Mapping[str, str], blobs: Mapping[str, bytes]) -> Asset:
    return Asset(blobs[""], {part: blob for part, blob in blobs.items() if part}, facts["media_type"], facts["tag"])


def found_answer(request: Request, found: Asset, cache: str) -> Response:
    headers = validators(request, found.tag, cache) | {"Vary": "Accept-Encoding"}
    if is_known(request, found.tag):
        return Response(status_code=304, headers=headers)
    body = found.body
    coding = next((coding for coding in CODINGS if coding in found.compressed and takes(request, coding)), None)
    if coding:
        body, headers["Content-Encoding"] = found.compressed[coding], coding
    return Response(body, 200, headers, found.media_type)


def read_all(folder: Path) -> dict[str, bytes]:
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in NOT_SERVED)
    visible = (path for path in paths if not any(part.startswith(".") for part in path.relative_to(folder).parts))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in visible}


def linked(entry: str, sources: Mapping[str, str]) -> str:
    """A script of ours: what it shares with the element is in the element's alone."""
    if entry == ENTRY:
        return link(entry, sources, users=[user for user in LEANING if user in sources])
    return link(entry, sources, base=ENTRY if entry in LEANING else "")


def texts(contents: Mapping[str, bytes]) -> dict[str, str]:
    return {path: content.decode() for path, content in contents.items() if path.endswith((".js", ".css"))}


def version_of(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path, content in sorted(contents.items()):
        digest.update(f"{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:12]


def asset(path: str, content: bytes) -> Asset:
    suffix = Path(path).suffix
    joined = suffix == ".js" and path not in ENTRIES  # pages ask for what it is part of
    helps = len(content) >= SMALLEST_COMPRESSED and suffix not in PACKED
    return Asset(
        content,
        {"br": brotli.compress(content, quality=QUICK if joined else TIGHT), "gzip": gzip.compress(content, 9, mtime=0)}
        if helps
        else {},
        TYPES.get(suffix, "application/octet-stream"),
        f'W/"{hashlib.sha256(content).hexdigest()[:24]}"',
    )

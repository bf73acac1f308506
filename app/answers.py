"""Answers with a body known whole: validators, caching and compression in one place."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

SMALLEST_COMPRESSED = 1024
QUICK, TIGHT = 1, 6
COMPRESSED = ("application/json", "application/jsonl", "text/", "image/svg+xml")

NEVER = "no-store"
SHORT = "public, max-age=300"
LONG = "public, max-age=3600"
FOR_EVER = "public, max-age=31536000, immutable"


def entity_tag(*parts: object) -> str:
    """A weak validator of an answer that depends on these alone."""
    digest = hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass"))
    return f'W/"{digest.hexdigest()[:24]}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the client has this very answer already."""
    if request.method not in ("GET", "HEAD"):
        return False
    given = request.headers.get("if-none-match", "")
    known = re.findall(r'"[^"]*"', given)
    return given.strip() == "*" or tag.removeprefix("W/") in known


def not_modified(tag: str, cache: str) -> Response:
    return Response(status_code=304, headers={"ETag": tag, "Cache-Control": cache, "Vary": VARY})


VARY = "Accept, Accept-Encoding, Accept-Language"


def takes_gzip(request: Request) -> bool:
    """Whether the client says that it reads gzip; one that says nothing, such as curl, gets plain text."""
    for wish in request.headers.get("accept-encoding", "").lower().split(","):
        name, _, quality = wish.partition(";")
        if name.strip() in ("gzip", "*"):
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", quality)
    return False


def answer(
    request: Request,
    body: bytes,
    media_type: str,
    status: int = 200,
    cache: str = NEVER,
    tag: str | None = None,
    headers: Mapping[str, str] | None = None,
    level: int = QUICK,
) -> Response:
    """The body, compressed if the client likes and it helps."""
    given = {"Cache-Control": cache, "Vary": VARY, **(headers or {})}
    if tag and request.method in ("GET", "HEAD"):
        given["ETag"] = tag
    if len(body) >= SMALLEST_COMPRESSED and media_type.startswith(COMPRESSED) and takes_gzip(request):
        body, given["Content-Encoding"] = gzip.compress(body, level, mtime=0), "gzip"
    return Response(body, status, given, media_type)


def json_answer(
    request: Request, content: Any, status: int = 200, cache: str = NEVER, tag: str | None = None
) -> Response:
    return answer(request, json_text(content), "application/json", status, cache, tag)


def json_text(content: Any) -> bytes:
    """Strict JSON: arrays and NumPy numbers as they are, NaN and infinity as null."""
    return orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS, default=listed)


def listed(value: Any) -> Any:
    """What orjson does not know: arrays that are not contiguous, mappings, tuples of NumPy numbers."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")

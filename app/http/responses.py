"""Answers with a body known whole: validators, caching and compression in one place."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from typing import Any

import brotli
import orjson
from starlette.requests import Request
from starlette.responses import Response

from app.cache import Cache

SMALLEST_COMPRESSED = 512
QUICK, TIGHT = 1, 6
QUICKEST_TIGHT = 5
CODINGS = ("br", "gzip")
COMPRESSED = ("application/json", "application/jsonl", "text/", "image/svg+xml")

JSON = "application/json"

NEVER = "no-store"
SHORT = "public, max-age=300"
LONG = "public, max-age=3600"
FOR_EVER = "public, max-age=31536000, immutable"
REVALIDATE = "public, max-age=0, s-maxage=10"  # a browser asks each time, a proxy for all of a class once

PACKED = Cache(2**23)

VARY = "Accept, Accept-Encoding, Accept-Language"
VARY_API = "Accept-Encoding, Accept-Language"
STEPS = "/api/steps"  # the one answer of the API that comes in two types by what is accepted


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


def validators(request: Request, tag: str, cache: str) -> dict[str, str]:
    """How long an answer may be kept and how it is recognised; what was posted is not kept."""
    if request.method not in ("GET", "HEAD"):
        return {"Cache-Control": NEVER}
    return {"ETag": tag, "Cache-Control": cache, "Vary": varying(request)}


def varying(request: Request) -> str:
    """The headers of a request that change its answer, and no others, so that a shared cache keeps few of each."""
    path = request.url.path
    return VARY_API if "/api/" in path and not path.endswith(STEPS) else VARY


def takes(request: Request, coding: str) -> bool:
    """Whether the client says that it reads this coding; one that says nothing, such as curl, gets plain text."""
    return accepts(request.headers.get("accept-encoding", ""), coding)


def accepts(wishes: str, what: str) -> bool:
    """Whether an Accept header names this, and not with a quality of nothing.

    >>> accepts("text/html, text/event-stream;q=0.9", "text/event-stream"), accepts("gzip;q=0", "gzip")
    (True, False)
    """
    for wish in wishes.lower().split(","):
        name, _, quality = wish.partition(";")
        if name.strip() in (what, "*"):
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", quality)
    return False


def chosen_coding(request: Request) -> str | None:
    """The better of the codings that the client reads."""
    return next((coding for coding in CODINGS if takes(request, coding)), None)


def compressed(body: bytes, coding: str, level: int) -> bytes:
    """The body in that coding; what is compressed tightly is kept while there is room for both."""
    if level <= QUICK:
        return packed(body, coding, level)
    key = ("packed", coding, level, body)
    return PACKED.told(key, lambda: packed(body, coding, level), beside=len(body))


def packed(body: bytes, coding: str, level: int) -> bytes:
    """Brotli's levels up to 5 cost what gzip's do."""
    if coding == "br":
        return bytes(brotli.compress(body, quality=min(level, QUICKEST_TIGHT)))
    return gzip.compress(body, level, mtime=0)


def answer(
    request: Request,
    body: bytes,
    media_type: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    level: int = QUICK,
) -> Response:
    """The body, compressed if the client likes and it helps; not to be kept unless somebody says so."""
    given = {"Cache-Control": NEVER, "Vary": varying(request), **(headers or {})}
    body, coding = coded(body, media_type, chosen_coding(request), level)
    if coding:
        given["Content-Encoding"] = coding
    return Response(body, status, given, media_type)


def coded(body: bytes, media_type: str, coding: str | None, level: int = QUICK) -> tuple[bytes, str | None]:
    """The body in a coding where that helps, and the coding; else the body as it is."""
    if coding and len(body) >= SMALLEST_COMPRESSED and media_type.startswith(COMPRESSED):
        return compressed(body, coding, level), coding
    return body, None


def json_answer(request: Request, content: Any, status: int = 200) -> Response:
    return answer(request, json_text(content), JSON, status)


def json_text(content: Any) -> bytes:
    """Strict JSON: arrays and NumPy numbers as they are, NaN and infinity as null."""
    return orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS, default=plain_of)


def plain_of(value: Any) -> Any:
    """What orjson does not know: arrays that are not contiguous, mappings, tuples of NumPy numbers."""
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON")

"""oEmbed 1.0: what another site shows where somebody pastes an address of this server. https://oembed.com"""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response

import core
from app.errors import ABSENT, Refusal
from app.http.headers import own_path
from app.http.requests import MOST_WORDS, Word, query_words
from app.routes.errors import REFUSALS, refusal_of, refuse
from app.routes.scenes import kept_json
from app.state import speech, state_of
from app.wire.opening import DEFAULT_SCENE

WIDTH, HEIGHT = 700, 440
LEAST = 120
LONGEST = 4000  # characters of an address that a page offers for discovery
HOST = re.compile(r"[A-Za-z0-9._-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
KEPT = ("scene", "layer", "step", "play", "lang", "theme")

URL = Word("url", "text", "an address of this server: the lab, a figure of the gallery or an embed", required=True)
MOST_WIDE = Word("maxwidth", "integer", "the widest it may be, in pixels", minimum=LEAST)
MOST_HIGH = Word("maxheight", "integer", "the highest it may be, in pixels", minimum=LEAST)
FORMAT = Word("format", "choice", "json, the only one there is", default="json", choices=("json",))
WORDS = (URL, MOST_WIDE, MOST_HIGH, FORMAT)


async def oembed(request: Request) -> Response:
    """The frame that shows an address of this server, as oEmbed describes it."""
    asked = query_words(request, WORDS)
    query, title = shown(request, asked["url"])
    try:
        scene = await state_of(request).scenes.reading(query["scene"])
    except REFUSALS as error:
        return refuse(request, ABSENT, refusal_of(error, speech(request))[1])
    width = min(WIDTH, asked["maxwidth"] or WIDTH)
    height = min(HEIGHT, asked["maxheight"] or HEIGHT)
    server = str(request.base_url).rstrip("/")
    title = title or f"Kernelwalk: {scene.line}"
    return kept_json(request, described(server, query, title, width, height))


def described(server: str, query: dict[str, str], title: str, width: int, height: int) -> dict[str, Any]:
    address = f"{server}/embed?{urlencode(query, quote_via=quote, safe='@')}"
    frame = (
        f'<iframe src="{html.escape(address)}" title="{html.escape(title)}" width="{width}" height="{height}"'
        ' style="border:0" loading="lazy"></iframe>'
    )
    return {
        "version": "1.0", "type": "rich", "title": title, "html": frame, "width": width, "height": height,
        "provider_name": "Kernelwalk", "provider_url": f"{server}/", "cache_age": 3600,
    }  # fmt: skip


def shown(request: Request, address: str) -> tuple[dict[str, str], str]:
    """The words of the embed that shows what stands at an address, and its title if it has one."""
    elsewhere = Refusal(ABSENT, "this is no address of a lab, a figure or an embed on this server")
    try:
        parts = urlsplit(address)
        words = dict(parse_qsl(parts.query, errors="strict", max_num_fields=MOST_WORDS))
    except ValueError:
        raise elsewhere from None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != request.headers.get("host", "").lower():
        raise elsewhere
    path = own_path({**request.scope, "path": parts.path})
    kept = {name: words[name] for name in KEPT if name in words}
    figure = core.GALLERY.get(path.removeprefix("/gallery/")) if path.startswith("/gallery/") else None
    if figure is not None:
        messages = state_of(request).messages
        say = messages.languages[messages.language_of(kept, request.headers)]
        return kept | {"scene": f"@{figure.id}"}, say(figure.title)
    if path not in ("/", "/embed") or (path == "/embed" and not kept.get("scene")):
        raise elsewhere
    return {"scene": DEFAULT_SCENE} | kept, ""


def discovery(request: Request) -> str | None:
    """Where this page is described, for its head; nothing where the request does not say plainly where it is."""
    if not HOST.fullmatch(request.headers.get("host", "")):
        return None
    try:
        here = str(request.url)
    except ValueError:  # a query that is no text
        return None
    found = f"{str(request.base_url).rstrip('/')}/oembed?url={quote(here, safe='')}"
    return found if len(found) <= LONGEST else None

"""oEmbed 1.0: what another site shows where somebody pastes an address of this server. https://oembed.com"""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable, Container
from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

import core
from app.errors import ABSENT, Refusal, problem_of
from app.figures import still
from app.http.headers import own_path
from app.http.requests import MOST_WORDS, check_doubles
from app.http.responses import JSON, answer
from app.models.answers import Oembed
from app.models.oembed import HEIGHT, WIDTH, OembedQuery
from app.models.pages import AskWords, EmbedWords, SceneWords
from app.routes.answers import Shared, kept, kept_json
from app.routes.errors import refuse
from app.routes.routing import reads
from app.routes.told import answers
from app.state import speech, state_of
from app.wire.opening import DEFAULT_SCENE
from core.errors import SceneError

NOT_IMPLEMENTED = 422  # a wish of the visitor is no failure of the server
OF_THE_LAB = ("lang", *(name for name in SceneWords.model_fields if name != "view"))  # there it names a tab
OWN = ("lang", *EmbedWords.model_fields)
KEPT = {"/": OF_THE_LAB, "/embed": OWN}
XML = "text/xml; charset=utf-8"
XML_HEAD = b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
UNSPEAKABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
OF_FIGURES = ("lang", *AskWords.model_fields)

routes = APIRouter(tags=["pages"])


TOLD = answers(Oembed, 404, 422)
TOLD[200]["content"] = {JSON: {}, "text/xml": {"schema": {"type": "string"}}}


@reads(routes, "/oembed", summary="Describe an address", responses=TOLD)
async def oembed(request: Request, asked: Annotated[OembedQuery, Query()], shared: Shared) -> Response:
    """The frame that shows an address of this server, as oEmbed describes it."""
    check_doubles([(name, word) for name, word in request.query_params.multi_items() if name in asked.model_fields_set])
    if asked.format.lower() not in FORMATS:
        raise Refusal(NOT_IMPLEMENTED, "oEmbed is answered in JSON or XML", field="format", value=asked.format)
    query, title = embed_of(request, asked.url)
    try:
        scene = await shared.scenes.reading(query["scene"])
    except (SceneError, Refusal) as error:
        return refuse(request, ABSENT, problem_of(error, speech(request)))
    server = str(request.base_url).rstrip("/")
    sides = min(WIDTH, asked.maxwidth), min(HEIGHT, asked.maxheight)
    spoken: dict[str, Container[str]] = {"lang": state_of(request).messages.languages, "theme": ("light", "dark")}
    told = described(server, query, title or f"Kernelwalk: {scene.line}", *sides)
    told |= thumbnail(server, scene, query, spoken)
    return await FORMATS[asked.format.lower()](request, told)


async def kept_xml(request: Request, told: dict[str, Any]) -> Response:
    """The same as XML: an element a word."""
    root = Element("oembed")
    for name, value in told.items():
        SubElement(root, name).text = UNSPEAKABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))
    body = XML_HEAD + tostring(root, encoding="utf-8")

    async def make() -> Response:
        return answer(request, body, XML)

    return await kept(request, (body,), make)


FORMATS: dict[str, Callable[[Request, dict[str, Any]], Awaitable[Response]]] = {"json": kept_json, "xml": kept_xml}


def described(server: str, query: dict[str, str], title: str, width: int, height: int) -> dict[str, Any]:
    address = f"{server}/embed?{urlencode(query, quote_via=quote, safe='@')}"
    return {
        "version": "1.0", "type": "rich", "title": title, "html": frame(address, title, width, height),
        "width": width, "height": height,
        "provider_name": "Kernelwalk", "provider_url": f"{server}/", "cache_age": 3600,
    }  # fmt: skip


def thumbnail(
    server: str, scene: core.Scene, query: dict[str, str], spoken: dict[str, Container[str]]
) -> dict[str, Any]:
    """The walk's finished picture; none of a layer that is not there, or of a scene too long for an address."""
    words = {name: query[name] for name, known in spoken.items() if query.get(name) in known}
    try:
        layer = core.place_of(query["scene"])[0] if "layer" not in query else int(query["layer"])
        picture = still(query["scene"], scene.layer_index(layer), **words)
    except (SceneError, ValueError):
        picture = ""
    sides = {"thumbnail_width": WIDTH, "thumbnail_height": HEIGHT}
    return {"thumbnail_url": f"{server}/{picture}", **sides} if picture else {}


def frame(address: str, title: str, width: int, height: int) -> str:
    """The line that embeds an address; the element of the pages writes the same (static/page/address.js)."""
    return (
        f'<iframe src="{html.escape(address)}" width="{width}" height="{height}" style="border:0" frameborder="0"'
        f' loading="lazy" allow="fullscreen" data-external="1" title="{html.escape(title)}"></iframe>'
    )


def embed_of(request: Request, address: str) -> tuple[dict[str, str], str]:
    """The words of the embed that shows what stands at an address, and its title if it has one."""
    rule = "this is no address of a lab, a figure or an embed on this server"
    elsewhere = Refusal(ABSENT, rule, field="url", value=address)
    try:
        parts = urlsplit(address)
        words = dict(parse_qsl(parts.query, errors="strict", max_num_fields=MOST_WORDS))
    except ValueError:
        raise elsewhere from None
    here = urlsplit(state_of(request).hosts.origin(request.scope)).netloc.lower()
    if parts.scheme not in ("http", "https") or not here or parts.netloc.lower() != here:
        raise elsewhere
    path = own_path({**request.scope, "path": parts.path})
    kept = {name: words[name] for name in KEPT.get(path, OF_FIGURES) if name in words}
    figure = core.GALLERY.get(path.removeprefix("/gallery/")) if path.startswith("/gallery/") else None
    if figure is not None:
        messages = state_of(request).messages
        say = messages.languages[messages.language_of(kept, request.headers)]
        return kept | {"scene": f"@{figure.id}"}, say(figure.title)
    if path not in ("/", "/embed") or (path == "/embed" and not kept.get("scene")):
        raise elsewhere
    return {"scene": DEFAULT_SCENE} | kept, ""

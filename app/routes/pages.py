"""Pages: the lab, the gallery, the player alone for other people's pages, and the API reference."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

import core
from app.http.requests import Word, query_words, read_words, while_wanted
from app.http.responses import TIGHT, answer, entity_tag, is_known, json_text, not_modified
from app.messages import Messages, Speech
from app.routes.errors import REFUSALS, refusal_of
from app.routes.oembed import discovery
from app.routes.scenes import LAYER, STEP
from app.state import language, speech, state_of
from app.wire.opening import DEFAULT_SCENE, INLINED, INLINED_OUTPUT, opening

FOLDER = Path(__file__).parents[2] / "templates"
HTML = "text/html; charset=utf-8"
REVALIDATE = "no-cache"

THEME = Word("theme", "choice", "light or dark; the visitor's own when not said", choices=("light", "dark"))
PLAY = Word("play", "flag", "1 to begin playing", default=False)
LAB_SCENE = Word("scene", "text", "a scene line", default=DEFAULT_SCENE)
EMBED_SCENE = Word("scene", "text", "a scene line", required=True)
LAB_WORDS = (LAB_SCENE, LAYER, STEP, THEME)
EMBED_WORDS = (EMBED_SCENE, LAYER, STEP, PLAY, THEME)


def render(request: Request, template: str, **facts: Any) -> bytes:
    state, spoken = state_of(request), language(request)
    root = str(request.scope.get("root_path", ""))
    shared = {
        "language": spoken,
        "speech": speech(request),
        "languages": state.messages.languages,
        "root": root,
        "version": state.assets.version,
        "asset": lambda path: root + state.assets.address(path),
        "described": discovery(request),
        "said": said(request),
    }
    environments: dict[str, Environment] = request.app.state.templates
    return environments[spoken].get_template(template).render(**shared, **facts).encode()


def environment(speech: Speech) -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(speech.translations, newstyle=True)  # type: ignore[attr-defined]
    made.filters["data"] = data_block
    return made


def data_block(value: Any) -> Markup:
    """JSON for a <script type="application/json"> block: no `<`, so that nothing in it can end the block."""
    text = value if isinstance(value, bytes) else json_text(value)
    return Markup(text.replace(b"<", b"\\u003c").decode())


async def lab(request: Request) -> Response:
    """The lab, already walking."""
    given = {name: value for name, value in request.query_params.items() if name in {word.name for word in LAB_WORDS}}
    facts, status = await scene_facts(request, LAB_WORDS, given)
    walking = "step" not in request.query_params or request.query_params.get("play") == "1"
    return page(request, "lab.html", facts | {"walking": walking}, status)


async def embed(request: Request) -> Response:
    """The player alone, for an iframe."""
    facts, status = await scene_facts(request, EMBED_WORDS, None)
    return page(request, "embed.html", facts, status)


async def gallery(request: Request) -> Response:
    """The figures of the curriculum, each live."""
    given = {name: value for name, value in request.query_params.items() if name == THEME.name}
    theme = read_words(given, (THEME,))[THEME.name]
    figures = [
        (title, [row for row in core.GALLERY.values() if row.section == section])
        for section, title in core.SECTIONS.items()
    ]
    return page(request, "gallery.html", {"sections": figures, "theme": theme}, 200)


async def figure(request: Request) -> Response:
    """One figure of the curriculum: live, with its caption and the line that embeds it."""
    name = str(request.path_params["id"])
    given = {word: value for word, value in request.query_params.items() if word in {word.name for word in LAB_WORDS}}
    facts, status = await scene_facts(request, LAB_WORDS, given | {"scene": f"@{name}"})
    row = core.GALLERY.get(name)
    if row is None:
        status = 404
    rows = list(core.GALLERY.values())
    place = rows.index(row) if row else 0
    beside = {"before": rows[place - 1] if row and place else None,
              "after": rows[place + 1] if row and place + 1 < len(rows) else None}  # fmt: skip
    return page(request, "figure.html", facts | beside | {"row": row, "name": name}, status)


def said(request: Request) -> str:
    """The language a visitor asked for, for the links that go on from here."""
    return f"?lang={language(request)}" if "lang" in request.query_params else ""


async def scene_facts(
    request: Request, words: tuple[Word, ...], given: dict[str, str] | None
) -> tuple[dict[str, Any], int]:
    """What a page says about its scene; a refusal is told on the page, with its status."""
    facts: dict[str, Any] = {"scene": request.query_params.get("scene", ""), "opening": None, "error": None}
    facts |= {"theme": None, "play": False, "layer": 0, "step": 0}
    state, speaking = state_of(request), speech(request)
    try:
        facts |= query_words(request, words) if given is None else read_words(given, words)
        found = await state.scenes.reading(facts["scene"])
        shown = (facts["layer"], facts["step"], speaking, INLINED, INLINED_OUTPUT)
        facts["opening"] = await while_wanted(request, state.scenes.run(opening, state.scenes, found, *shown))
        return facts, 200
    except REFUSALS as error:
        status, sentence = refusal_of(error, speaking)
        return facts | {"error": sentence}, status


async def reference(request: Request) -> Response:
    """The API, generated from its own description; nothing from outside."""
    query_words(request, ())
    return page(request, "reference.html", {"calls": list(calls(request.app.openapi())), "theme": None}, 200)


def calls(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of the reference page: a call with its words, whether they stand in the query or in a JSON body."""
    for path, methods in schema["paths"].items():
        for method, call in methods.items():
            if method == "head":
                continue
            body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            words = [
                {"name": word["name"], "help": word["description"], **word["schema"]} for word in call["parameters"]
            ]
            words += [{"name": name, "help": word["description"], **word} for name, word in body_words(body)]
            about = call["description"]
            yield {"id": call["operationId"], "method": method.upper(), "path": path, "about": about, "words": words}


def body_words(body: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from body.get("properties", {}).items()


def page(request: Request, template: str, facts: dict[str, Any], status: int) -> Response:
    body = render(request, template, **facts)
    tag = entity_tag(body)
    if status == 200 and is_known(request, tag):
        return not_modified(tag, REVALIDATE)
    return answer(request, body, HTML, status, REVALIDATE, tag if status == 200 else None, level=TIGHT)


def register(app: FastAPI, messages: Messages) -> None:
    app.state.templates = {code: environment(speech) for code, speech in messages.languages.items()}
    addresses = (
        ("/", lab),
        ("/gallery", gallery),
        ("/gallery/{id}", figure),
        ("/embed", embed),
        ("/docs", reference),
    )
    for path, call in addresses:
        app.add_api_route(path, call, methods=["GET", "HEAD"], response_class=Response, include_in_schema=False)

"""The API: one function a call, one row a route; the reference page is generated from the same rows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import core
from app.http.requests import Word, body_of, query_words, while_wanted
from app.http.responses import FOR_EVER, answer, entity_tag, is_known, json_answer, not_modified
from app.pictures import samples
from app.pictures.normalise import fitted, normalise
from app.routes import scenes
from app.routes.oembed import WORDS, oembed
from app.routes.scenes import (
    COMPACT,
    DETAIL,
    EVERY,
    FORMAT,
    LAST_LAYER,
    LAYER,
    OPERATIONS,
    SCENE,
    START,
    STEP,
    STEPS,
    STOP,
    kept_json,
)
from app.state import State, speech, state_of
from app.wire import stream

Call = Callable[[Request], Awaitable[Response]]

UPLOAD_DEADLINE = 300.0
FIRST_SIZE, SMALLEST_FILTERED = 64, 3  # a photograph begins this large; a 3 x 3 kernel needs that much without padding


async def kernels(request: Request) -> Response:
    """The named kernels: title, weights as drawn, divisor, source."""
    return catalogue(request, [kernel.as_json() for kernel in core.KERNELS.values()])


async def operations(request: Request) -> Response:
    """The operations and their settings."""
    return catalogue(request, core.known_operations())


async def sample_pictures(request: Request) -> Response:
    """The sample pictures."""
    query_words(request, ())
    return catalogue(request, await state_of(request).scenes.run(samples.catalogue))


async def gallery(request: Request) -> Response:
    """The scenes of the curriculum."""
    rows = [{"id": row.id, "section": row.section, "title": row.title, "about": row.about, "line": row.line}
            for row in core.GALLERY.values()]  # fmt: skip
    return catalogue(request, rows)


def catalogue(request: Request, rows: list[Any]) -> Response:
    query_words(request, ())
    return kept_json(request, speech(request).told(rows))


async def upload(request: Request) -> Response:
    """Keeps a picture, given as the raw body; the same picture gives the same id."""
    query_words(request, ())
    state = state_of(request)
    body = await body_of(request, state.settings.max_upload_bytes, UPLOAD_DEADLINE)
    root = str(request.scope.get("root_path", ""))
    kept = await while_wanted(request, state.scenes.run(keep, state, body, root))
    return json_answer(request, kept, 201)


def keep(state: State, body: bytes, root: str) -> dict[str, Any]:
    found = normalise(body, state.settings)
    state.store.put(found.id, found.png())
    state.scenes.keep_pixels(found.id, found.pixels)
    thin = min(fitted((found.width, found.height), FIRST_SIZE)) < SMALLEST_FILTERED
    return {
        "id": found.id,
        "width": found.width,
        "height": found.height,
        "channels": found.channels,
        "url": f"{root}/api/images/{found.id}",
        "scene": f"image:{found.id} {FIRST_SIZE} | conv2d sobel-x{' padding=same' if thin else ''}",
    }


async def image(request: Request) -> Response:
    """A picture as it is kept: upright, sRGB, PNG."""
    query_words(request, ())
    state = state_of(request)
    picture_id = str(request.path_params["id"])
    png = await state.scenes.run(state.store.get, picture_id)
    if png is None:
        raise HTTPException(404)
    tag = entity_tag(picture_id)
    if is_known(request, tag):
        return not_modified(tag, FOR_EVER)
    return answer(request, png, "image/png", cache=FOR_EVER, tag=tag)


async def healthz(request: Request) -> Response:
    """Whether the server runs."""
    return json_answer(request, {"status": "ok"})


async def readyz(request: Request) -> Response:
    """Whether the server can do its work: its store can be written."""
    state = state_of(request)
    ready = await state.scenes.run(state.store.writable)
    return json_answer(request, {"status": "ok" if ready else "the store cannot be written"}, 200 if ready else 503)


@dataclass(frozen=True, slots=True)
class Row:
    """One route."""

    path: str
    call: Call
    words: tuple[Word, ...] = ()
    methods: tuple[str, ...] = ("GET",)
    gives: str = "application/json"


ROWS = (
    Row("/api/scene", scenes.scene, (SCENE,), ("GET", "POST")),
    Row("/api/additions", scenes.additions, (SCENE, LAYER, OPERATIONS), ("POST",)),
    Row("/api/steps", scenes.steps, (SCENE, LAYER, START, STOP, EVERY, DETAIL), ("GET", "POST"), stream.JSON_LINES),
    Row("/api/opening", scenes.first_picture, (SCENE, LAYER, STEP), ("GET", "POST")),
    Row("/api/feature-map", scenes.feature_map, (SCENE, LAST_LAYER, FORMAT, COMPACT, STEPS)),
    Row("/api/input", scenes.layer_input, (SCENE, LAYER, FORMAT, COMPACT)),
    Row("/api/images", upload, methods=("POST",)),
    Row("/api/images/{id}", image, gives="image/png"),
    Row("/api/kernels", kernels),
    Row("/api/operations", operations),
    Row("/api/samples", sample_pictures),
    Row("/api/gallery", gallery),
    Row("/oembed", oembed, WORDS),
    Row("/healthz", healthz),
    Row("/readyz", readyz),
)


def register(app: FastAPI) -> None:
    for row in ROWS:
        for method in row.methods:
            about = told(row, method)
            name = f"{method.lower()}_{row.call.__name__}"
            app.add_api_route(
                row.path, row.call, methods=[method], response_class=Response, operation_id=name, openapi_extra=about
            )
            if method == "GET":
                app.add_api_route(
                    row.path, row.call, methods=["HEAD"], response_class=Response, include_in_schema=False
                )


def told(row: Row, method: str) -> dict[str, Any]:
    """What the API reference says of a route."""
    words = [word.told() for word in row.words] if method == "GET" else []
    body = {word.name: word.schema() | {"description": word.help} for word in row.words} if method == "POST" else {}
    content: dict[str, Any] = {"application/json": {"schema": {"type": "object", "properties": body}}}
    if method == "POST" and not body:
        content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    return {
        "parameters": words,
        "responses": {"200": {"description": "Done", "content": {row.gives: {}}}, "4XX": {"description": "Refused"}},
        **({"requestBody": {"required": True, "content": content}} if method == "POST" else {}),
    }

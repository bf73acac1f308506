"""Figures as files: what a page, slides or a document can show without this server."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

import core
from app.errors import ABSENT, Refusal
from app.http.requests import while_wanted
from app.http.responses import FOR_EVER, TIGHT, answer
from app.models.rendering import FigureQuery, FilmQuery, MovingQuery
from app.render.formats import FORMATS
from app.render.wishes import wanted
from app.routes.answers import Shared, kept
from app.routes.routing import reads, router
from app.routes.told import BINARY, UNCHANGED, Responses, refusals
from app.state import State, language

routes = router("figures")


def told(form: str, *refused: int) -> Responses:
    content = {FORMATS[form].media: BINARY}
    refusing = refusals(400, 404, 413, 422, 429, *refused)
    return {200: {"content": content, "description": "The file"}, **UNCHANGED, **refusing}


@reads(routes, "/render.svg", summary="A figure as SVG", responses=told("svg"))
async def render_svg(request: Request, words: Annotated[MovingQuery, Query()], shared: Shared) -> Response:
    """The steps of a layer, moving by CSS alone; where motion is not wanted, their last."""
    return await rendered(request, words, shared, "svg")


@reads(routes, "/render.png", summary="A figure as PNG", responses=told("png"))
async def render_png(request: Request, words: Annotated[MovingQuery, Query()], shared: Shared) -> Response:
    """The steps of a layer, moving (APNG); a picture where one step is asked for, or still=1."""
    return await rendered(request, words, shared, "png")


@reads(routes, "/render.gif", summary="A figure as GIF", responses=told("gif"))
async def render_gif(request: Request, words: Annotated[MovingQuery, Query()], shared: Shared) -> Response:
    """The steps of a layer, moving; one palette, and only what changes is written."""
    return await rendered(request, words, shared, "gif")


@reads(routes, "/render.webp", summary="A figure as WebP", responses=told("webp"))
async def render_webp(request: Request, words: Annotated[MovingQuery, Query()], shared: Shared) -> Response:
    """The steps of a layer, moving, without loss: the smallest of the moving pictures."""
    return await rendered(request, words, shared, "webp")


@reads(routes, "/render.pdf", summary="A figure as PDF", responses=told("pdf"))
async def render_pdf(request: Request, words: Annotated[FigureQuery, Query()], shared: Shared) -> Response:
    """A step of a layer for print: lines and letters that can be chosen, no pixels."""
    return await rendered(request, words, shared, "pdf")


@reads(routes, "/render.mp4", summary="A figure as a film", responses=told("mp4", 501))
async def render_mp4(request: Request, words: Annotated[FilmQuery, Query()], shared: Shared) -> Response:
    """The steps of a layer as H.264, for slides and messengers; where the server has PyAV."""
    return await rendered(request, words, shared, "mp4")


@routes.get("/render.{form}", include_in_schema=False)
async def render_unknown(form: str) -> Response:
    rule = "there is no such format: figures are drawn as {formats}"
    raise Refusal(ABSENT, rule, field="format", value=form, formats=", ".join([*FORMATS, "html"]))


async def rendered(request: Request, words: FigureQuery, shared: State, form: str) -> Response:
    scenes = shared.scenes
    found = await scenes.reading(words.scene)
    layer = found.layer_index(core.place_of(words.scene)[0] if words.layer is None else words.layer)
    layers = await scenes.run(scenes.layers, found, await scenes.run(scenes.input_shape, found.source))
    asked = wanted(words, form, found.line, layer, layers[layer].steps, language(request))

    async def make() -> Response:
        scenes.check_map(found, layer)
        body = scenes.cache.get(("file", asked.key))
        if body is None:
            body = await while_wanted(request, shared.renderers.file(asked))
            scenes.cache.put(("file", asked.key), body, len(body))
        return await scenes.run(answer, request, body, FORMATS[form].media, level=TIGHT)

    return await kept(request, (asked.key,), make, FOR_EVER)

"""Figures as files: what a page, slides or a document can show without this server."""

from __future__ import annotations

import math
from typing import Annotated

from fastapi import Query
from starlette.requests import Request
from starlette.responses import Response

from app.errors import TOO_LARGE, Refusal
from app.http.requests import while_wanted
from app.http.responses import FOR_EVER, TIGHT, answer
from app.models.rendering import NARROWEST, FigureQuery, MovingQuery
from app.render.choosing import chosen
from app.render.description import HEIGHT, WIDTH
from app.render.files import MEDIA, MOVING, Wanted
from app.routes.answers import Shared, kept
from app.routes.routing import reads, router
from app.routes.told import BINARY, UNCHANGED, Responses, refusals
from app.state import State, language

MOST_FRAMES, USUAL_FRAMES = 400, 200
MOST_PIXELS = 250_000_000  # of all frames: so many take a few seconds

routes = router("figures")


def told(form: str) -> Responses:
    content = {MEDIA[form]: BINARY}
    return {200: {"content": content, "description": "The file"}, **UNCHANGED, **refusals(400, 404, 413, 422, 429)}


@reads(routes, "/render.svg", summary="A figure as SVG", responses=told("svg"))
async def render_svg(request: Request, words: Annotated[MovingQuery, Query()], shared: Shared) -> Response:
    """The steps of a layer, moving by CSS alone; where motion is not wanted, their last."""
    return await rendered(request, words, shared, "svg")


@reads(routes, "/render.png", summary="A figure as PNG", responses=told("png"))
async def render_png(request: Request, words: Annotated[FigureQuery, Query()], shared: Shared) -> Response:
    """A step of a layer as a picture."""
    return await rendered(request, words, shared, "png")


@reads(routes, "/render.gif", summary="A figure as GIF", responses=told("gif"))
async def render_gif(request: Request, words: Annotated[MovingQuery, Query()], shared: Shared) -> Response:
    """The steps of a layer, moving; one palette, and only what changes is written."""
    return await rendered(request, words, shared, "gif")


async def rendered(request: Request, words: FigureQuery, shared: State, form: str) -> Response:
    scenes = shared.scenes
    found = await scenes.reading(words.scene)
    layer = found.layer_index(words.layer)
    layers = await scenes.run(scenes.layers, found, await scenes.run(scenes.input_shape, found.source))
    still = words.still or form not in MOVING
    steps, every = chosen(words.steps, layers[layer].steps, USUAL_FRAMES, words.every)
    if not still:
        check_work(len(steps), words.width, every)
    look = (language(request), words.theme, words.caption, words.width, still)
    pace = (words.fps, words.hold, words.loop) if isinstance(words, MovingQuery) else ()
    wanted = Wanted(found.line, layer, form, steps[-1:] if still else steps, 1 if still else every, *look, *pace)

    async def make() -> Response:
        scenes.check_map(found, layer)
        body = scenes.cache.get(("file", wanted.key))
        if body is None:
            body = await while_wanted(request, shared.renderers.file(wanted))
            scenes.cache.put(("file", wanted.key), body, len(body))
        return await scenes.run(answer, request, body, MEDIA[form], level=TIGHT)

    return await kept(request, (wanted.key,), make, FOR_EVER)


def check_work(frames: int, width: int, every: int) -> None:
    """Refuses more frames, or more pixels in all of them, than are drawn in a few seconds; says what would fit."""
    if frames > MOST_FRAMES:
        rule = "so many frames are more than {most}: every={every} would fit"
        fitting = every * math.ceil(frames / MOST_FRAMES)
        raise Refusal(TOO_LARGE, rule, field="every", value=frames, most=MOST_FRAMES, every=fitting)
    ratio = HEIGHT / WIDTH
    pixels = round(frames * width * width * ratio)
    if pixels > MOST_PIXELS:
        rule = (
            "so many pixels in all frames are more than {most}: "
            "at this width {frames} frames fit, at these frames a width of {width}"
        )
        fits = math.floor(MOST_PIXELS / (width * width * ratio))
        narrower = max(NARROWEST, math.floor(math.sqrt(MOST_PIXELS / (frames * ratio))))
        raise Refusal(TOO_LARGE, rule, field="width", value=pixels, most=MOST_PIXELS, frames=fits, width=narrower)
